using System.Net;
using System.Text;

namespace Sluice.IntegrationTests.Faults;

/// <summary>Something that goes wrong with one request.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="AppliesTo">The requests that it can happen to.</param>
/// <param name="Happen">
/// Takes the request, the rest of the way, and what a request of the same kind was answered before (null for nothing);
/// gives the answer, or throws what a broken connection throws.
/// </param>
internal sealed record Fault(
    string Name,
    Func<Call, bool> AppliesTo,
    Func<HttpRequestMessage, Func<Task<HttpResponseMessage>>, byte[]?, Task<HttpResponseMessage>> Happen)
{
    /// <summary>Whether it happens to all requests for the same address from then on, and not once.</summary>
    public bool Stays { get; init; }

    /// <summary>Whether it is worth trying at every read: each may be the one that a decision rests on.</summary>
    public bool IsOfReads { get; init; }

    /// <summary>All of them. No 429, 409 or 5xx of this service's provider is on record; their bodies are those of ARM in general.</summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        new("reset before the effect", _ => true, (_, _, _) => throw new HttpRequestException("Connection reset by peer.")),
        new("reset after the effect", HasEffect, async (_, send, _) =>
        {
            (await send()).Dispose();
            throw new HttpRequestException("The response ended prematurely.");
        }),
        new("time-out after the effect", HasEffect, async (_, send, _) =>
        {
            (await send()).Dispose();
            throw new TaskCanceledException("The operation was cancelled because it exceeded the configured timeout.");
        }),
        new("429 with Retry-After", _ => true, Answers(429, "TooManyRequests", "The request rate is too high.", ("Retry-After", "1"))),
        new("500 before the effect", _ => true, Answers(500, "InternalServerError", "Something broke.")),
        new("503 after the effect", HasEffect, AnswersAfter(503, "ServiceUnavailable", "Come back later.")),
        new("504 after the effect", HasEffect, AnswersAfter(504, "GatewayTimeout", "The gateway did not receive a response in time.")),
        new("409 conflict", IsOfEndpoints, Answers(409, "Conflict", "Another operation is in progress.")),
        new(
            "refused as Updating",
            IsOfEndpoints,
            Answers(400, "BadRequest", "Cannot do this in endpoint x because it is in Updating provisioning state")),
        new("answer cut off", call => call is { IsBlob: false, Method: not "DELETE" }, async (_, send, _) =>
        {
            var answer = await send();
            var body = await answer.Content.ReadAsByteArrayAsync();
            answer.Content = new StreamContent(new BrokenStream(body.AsMemory(0, body.Length / 2)));
            return answer;
        }),
        new("stale read", call => call is { IsBlob: false, Method: "GET", Occurrence: > 1 }, async (_, send, before) =>
        {
            var answer = await send();
            if (before is not null && answer.IsSuccessStatusCode)
            {
                answer.Content = Json(before);
            }

            return answer;
        })
        {
            IsOfReads = true,
        },
        new("operation reported as failed", call => call.IsPoll, (_, _, _) => Task.FromResult(
            Answer(200, """{"status":"Failed","error":{"code":"InternalServerError","message":"An unexpected error occurred."}}"""))),
        new("operation stuck", call => call.IsPoll, (_, _, _) => Task.FromResult(Answer(200, """{"status":"Updating","percentComplete":0.0}""")))
        {
            Stays = true,
        },
        new("operation forgotten", call => call.IsPoll, Answers(404, "NotFound", "The operation was not found.")),
    ];

    public override string ToString() => Name;

    private static bool HasEffect(Call call) => !call.IsRead;

    /// <summary>A model's version that is refused with 409 is taken; it is not made later.</summary>
    private static bool IsOfEndpoints(Call call) => call.IsArmWrite && call.Path.StartsWith("onlineEndpoints", StringComparison.Ordinal);

    private static Func<HttpRequestMessage, Func<Task<HttpResponseMessage>>, byte[]?, Task<HttpResponseMessage>> Answers(
        int status, string code, string message, params (string Name, string Value)[] headers) =>
        (_, _, _) => Task.FromResult(Refusal(status, code, message, headers));

    private static Func<HttpRequestMessage, Func<Task<HttpResponseMessage>>, byte[]?, Task<HttpResponseMessage>> AnswersAfter(
        int status, string code, string message) =>
        async (_, send, _) =>
        {
            (await send()).Dispose();
            return Refusal(status, code, message);
        };

    private static HttpResponseMessage Refusal(int status, string code, string message, params (string Name, string Value)[] headers)
    {
        var answer = Answer(status, $$"""{"error":{"code":"{{code}}","message":"{{message}}"} }""");
        foreach (var (name, value) in headers)
        {
            answer.Headers.TryAddWithoutValidation(name, value);
        }

        return answer;
    }

    private static HttpResponseMessage Answer(int status, string body) => new((HttpStatusCode)status) { Content = Json(Encoding.UTF8.GetBytes(body)) };

    private static ByteArrayContent Json(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        return content;
    }
}
