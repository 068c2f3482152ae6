using System.Net;
using System.Text;

namespace Sluice.Tests.AzureResourceManagerMachineLearning;

/// <summary>
/// Answers requests in memory: for each method and end of a path a list of answers, given one after the other, the last one for good.
/// A request without an answer fails the test.
/// </summary>
internal sealed class ScriptedService : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private readonly List<(string Method, string PathEnd, Queue<Func<SentRequest, HttpResponseMessage>> Answers)> _script = [];
    private readonly List<SentRequest> _requests = [];

    public IReadOnlyList<SentRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    public IReadOnlyList<SentRequest> Writes => [.. Requests.Where(request => request.Method is "PUT" or "PATCH" or "DELETE")];

    public ScriptedService On(string method, string pathEnd, params Func<SentRequest, HttpResponseMessage>[] answers)
    {
        _script.Insert(0, (method, pathEnd, new(answers)));
        return this;
    }

    public ScriptedService On(string method, string pathEnd, int status, string body = "", params (string Name, string Value)[] headers) =>
        On(method, pathEnd, _ => Answer(status, body, headers));

    public static HttpResponseMessage Answer(int status, string body = "", params (string Name, string Value)[] headers)
    {
        var response =
            new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = "";
        if (request.Content is { } content)
        {
            using var reader = new StreamReader(content.ReadAsStream(cancellationToken));
            body = reader.ReadToEnd();
        }

        return Respond(request, body);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Respond(request, request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
    }

    private HttpResponseMessage Respond(HttpRequestMessage request, string body)
    {
        var headers = request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? [])
            .ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase);
        var sent = new SentRequest(request.Method.Method, request.RequestUri!, body, headers);
        Func<SentRequest, HttpResponseMessage> answer;
        lock (_lock)
        {
            _requests.Add(sent);
            var answers = _script.FirstOrDefault(entry =>
                entry.Method == sent.Method && sent.Path.EndsWith(entry.PathEnd, StringComparison.OrdinalIgnoreCase)).Answers;
            if (answers is null)
            {
                throw new AssertionException($"No answer is scripted for {sent}.");
            }

            answer = answers.Count > 1 ? answers.Dequeue() : answers.Peek();
        }

        var response = answer(sent);
        response.RequestMessage = request;
        return response;
    }
}
