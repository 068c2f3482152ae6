using System.Globalization;
using System.Net;
using System.Text;
using System.Web;
using Sluice.Emulator.Blobs;
using Sluice.Tests.AzureResourceManagerMachineLearning;
using Sluice.Tests.Uploads;

namespace Sluice.Tests.Journal;

/// <summary>Append blobs with leases in memory, by the documentation of the blob service.</summary>
internal sealed class AppendBlobs(TimeProvider time)
{
    public const int MostAppends = 50_000;

    private readonly Lock _lock = new();

    /// <summary>The blobs by their names in the container.</summary>
    public Dictionary<string, StoredAppendBlob> Blobs { get; } = [];

    /// <summary>Called before a request has its effect: may answer it, throw, or change what is there.</summary>
    public Func<SentRequest, HttpResponseMessage?> Before { get; set; } = _ => null;

    /// <summary>Called after a request has had its effect: one that throws loses the answer.</summary>
    public Action<SentRequest> After { get; set; } = _ => { };

    /// <summary>Answers a service's requests for journals.</summary>
    public void Serve(ScriptedService service) => service.On("GET", ".jsonl", Answer).On("PUT", ".jsonl", Answer);

    /// <summary>What a request does: <c>read</c>, <c>create</c>, <c>append</c> or the action on a lease.</summary>
    public static string ActionOf(SentRequest request) => HttpUtility.ParseQueryString(request.Uri.Query)["comp"] switch
    {
        "lease" => request.Headers["x-ms-lease-action"],
        "appendblock" => "append",
        _ => request.Method == "GET" ? "read" : "create",
    };

    private static string NameOf(SentRequest request) => Uri.UnescapeDataString(request.Path)[InMemoryBlobs.Container.Length..];

    private HttpResponseMessage Answer(SentRequest request)
    {
        lock (_lock)
        {
            if (Before(request) is { } answer)
            {
                return answer;
            }

            try
            {
                answer = Respond(request, ActionOf(request), NameOf(request));
            }
            catch (BlobRefusedException refusal)
            {
                answer = InMemoryBlobs.Refuse((HttpStatusCode)refusal.Status, refusal.Code);
            }

            After(request);
            return answer;
        }
    }

    private HttpResponseMessage Respond(SentRequest request, string action, string name)
    {
        if (action == "create")
        {
            Create(request, name);
            return Answer(HttpStatusCode.Created);
        }

        var blob = Blobs.TryGetValue(name, out var found) ? found : throw BlobRefuse.BlobNotFound();
        switch (action)
        {
            case "read":
                return Content(blob);
            case "append":
                Blobs[name] = Append(request, blob);
                return Answer(HttpStatusCode.Created);
            default:
                Blobs[name] = blob with { Lease = Change(request, action, blob.Lease) };
                return Answer(action switch
                {
                    "acquire" => HttpStatusCode.Created,
                    "break" => HttpStatusCode.Accepted,
                    _ => HttpStatusCode.OK,
                });
        }
    }

    private void Create(SentRequest request, string name)
    {
        if (Blobs.TryGetValue(name, out var there))
        {
            Lease.CheckWrite(there.Lease, given: null, time.GetUtcNow(), "Blob");
            Assert.That(request.Headers.GetValueOrDefault("If-None-Match"), Is.EqualTo("*"), "A journal would be emptied.");
            throw BlobRefuse.BlobExists();
        }

        Blobs[name] = new StoredAppendBlob();
    }

    private StoredAppendBlob Append(SentRequest request, StoredAppendBlob blob)
    {
        Lease.CheckWrite(blob.Lease, IdOf(request, "x-ms-lease-id"), time.GetUtcNow(), "Blob");
        if (Number(request, "x-ms-blob-condition-appendpos") != Encoding.UTF8.GetByteCount(blob.Content))
        {
            throw BlobRefuse.AppendPosition();
        }

        return blob.Appends < MostAppends
            ? new StoredAppendBlob(blob.Content + request.Body, blob.Appends + 1, Lease.AfterWrite(blob.Lease, time.GetUtcNow()))
            : throw BlobRefuse.BlockCountExceeded(MostAppends);
    }

    private Lease? Change(SentRequest request, string action, Lease? lease)
    {
        var now = time.GetUtcNow();
        switch (action)
        {
            case "acquire":
                var duration = TimeSpan.FromSeconds(Number(request, "x-ms-lease-duration"));
                return Lease.Acquire(lease, IdOf(request, "x-ms-proposed-lease-id")!.Value, duration, now);
            case "renew":
                return Lease.Renew(lease, IdOf(request, "x-ms-lease-id")!.Value, now);
            case "release":
                Lease.Release(lease, IdOf(request, "x-ms-lease-id")!.Value);
                return null;
            case "break":
                return Lease.Break(lease, TimeSpan.FromSeconds(Number(request, "x-ms-lease-break-period")), now);
            default:
                throw new AssertionException($"The journal has no use for {request}.");
        }
    }

    private static int Number(SentRequest request, string header) => int.Parse(request.Headers[header], CultureInfo.InvariantCulture);

    private static Guid? IdOf(SentRequest request, string header) =>
        request.Headers.TryGetValue(header, out var id) ? Guid.Parse(id) : null;

    private static HttpResponseMessage Content(StoredAppendBlob blob)
    {
        var answer = Answer(HttpStatusCode.OK);
        answer.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(blob.Content));
        answer.Content.Headers.LastModified = DateTimeOffset.UnixEpoch;
        answer.Headers.Add("x-ms-blob-type", "AppendBlob");
        answer.Headers.Add("x-ms-blob-committed-block-count", blob.Appends.ToString(CultureInfo.InvariantCulture));
        return answer;
    }

    private static HttpResponseMessage Answer(HttpStatusCode status)
    {
        var answer = new HttpResponseMessage(status) { Content = new ByteArrayContent([]) };
        answer.Headers.ETag = new("\"0x1\"");
        answer.Content.Headers.LastModified = DateTimeOffset.UnixEpoch;
        answer.Headers.Add("x-ms-request-id", "1");
        return answer;
    }
}
