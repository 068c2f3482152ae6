using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Web;

namespace Sluice.Tests.Uploads;

/// <summary>A container of block blobs in memory, by the documentation of the blob service.</summary>
internal sealed class InMemoryBlobs : HttpMessageHandler
{
    public const string Container = "/azureml-blobstore-1/";

    private readonly Lock _lock = new();
    private readonly List<BlobRequest> _requests = [];
    private int _atOnce;

    /// <summary>The blobs that are complete.</summary>
    public ConcurrentDictionary<string, StoredBlob> Blobs { get; } = new(StringComparer.Ordinal);

    /// <summary>Blocks without a blob, by the blob's name and the block's id.</summary>
    public Dictionary<string, Dictionary<string, byte[]>> Staged { get; } = [];

    /// <summary>Called before a request is answered: may answer it, throw, or change what is there.</summary>
    public Func<BlobRequest, HttpResponseMessage?> OnRequest { get; set; } = _ => null;

    /// <summary>Called with the path of a request before its body is read.</summary>
    public Action<string> OnBegin { get; set; } = _ => { };

    /// <summary>The most writes that were under way at once.</summary>
    public int MostWritesAtOnce { get; private set; }

    public IReadOnlyList<BlobRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Blobs and blocks that were sent.</summary>
    public IReadOnlyList<BlobRequest> Contents => [.. Requests.Where(request => request is { Method: "PUT", Operation: "" or "block" })];

    public void Forget()
    {
        lock (_lock)
        {
            _requests.Clear();
        }
    }

    public void Put(string name, string text, params (string Name, string Value)[] metadata) =>
        Blobs[name] = new(Encoding.UTF8.GetBytes(text), metadata.ToDictionary(entry => entry.Name, entry => entry.Value));

    public static HttpResponseMessage Refuse(HttpStatusCode status, string code)
    {
        var answer = Answer(status);
        answer.Headers.Add("x-ms-error-code", code);
        return answer;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        OnBegin(request.RequestUri!.AbsolutePath);
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var query = HttpUtility.ParseQueryString(request.RequestUri.Query);
        var path = Uri.UnescapeDataString(request.RequestUri.AbsolutePath);
        var sent = new BlobRequest(
            request.Method.Method,
            path.Length > Container.Length ? path[Container.Length..] : "",
            query["comp"] ?? "",
            query["blockid"] ?? query["prefix"] ?? "",
            body,
            request.Headers.ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase));
        lock (_lock)
        {
            _requests.Add(sent);
            MostWritesAtOnce = Math.Max(MostWritesAtOnce, sent.Method == "PUT" ? ++_atOnce : _atOnce);
        }

        try
        {
            // Others get their turn, so that what may run side by side does.
            await Task.Yield();
            HttpResponseMessage answer;
            lock (_lock)
            {
                answer = OnRequest(sent) ?? Respond(sent);
            }

            answer.RequestMessage = request;
            return answer;
        }
        finally
        {
            lock (_lock)
            {
                _atOnce -= sent.Method == "PUT" ? 1 : 0;
            }
        }
    }

    private HttpResponseMessage Respond(BlobRequest request) => (request.Method, request.Operation) switch
    {
        ("HEAD", "") => Blobs.TryGetValue(request.Blob, out var blob) ? Properties(blob) : Refuse(HttpStatusCode.NotFound, "BlobNotFound"),
        ("GET", "list") => Xml(
            $"<EnumerationResults ServiceEndpoint=\"https://acct/\" ContainerName=\"c\"><Blobs>{string.Concat(
                Blobs.Where(entry => entry.Key.StartsWith(request.Argument, StringComparison.Ordinal)).Select(entry =>
                    $"<Blob><Name>{entry.Key}</Name><Properties><Content-Length>{entry.Value.Content.Length}</Content-Length>"
                    + "<BlobType>BlockBlob</BlobType></Properties></Blob>"))}</Blobs><NextMarker/></EnumerationResults>"),
        ("GET", "blocklist") => Staged.TryGetValue(request.Blob, out var staged)
            ? Xml($"<BlockList><UncommittedBlocks>{string.Concat(staged.Select(block =>
                $"<Block><Name>{block.Key}</Name><Size>{block.Value.Length}</Size></Block>"))}</UncommittedBlocks></BlockList>")
            : Refuse(HttpStatusCode.NotFound, "BlobNotFound"),
        ("PUT", "block") => Stage(request),
        ("PUT", "blocklist") => Commit(request),
        ("PUT", "metadata") => SetMetadata(request),
        ("PUT", "") => Keep(request, request.Body),
        _ => throw new AssertionException($"The blob store in memory does not know {request}."),
    };

    private HttpResponseMessage Stage(BlobRequest request)
    {
        var staged = Staged.GetValueOrDefault(request.Blob) ?? [];
        staged[request.Argument] = request.Body;
        Staged[request.Blob] = staged;
        return Answer(HttpStatusCode.Created);
    }

    private HttpResponseMessage Commit(BlobRequest request)
    {
        var staged = Staged.GetValueOrDefault(request.Blob) ?? [];
        var text = Encoding.UTF8.GetString(request.Body).TrimStart('\uFEFF');
        var ids = System.Xml.Linq.XDocument.Parse(text).Root!.Elements().Select(element => element.Value).ToList();
        return ids.All(staged.ContainsKey)
            ? Keep(request, [.. ids.SelectMany(id => staged[id])])
            : Refuse(HttpStatusCode.BadRequest, "InvalidBlockList");
    }

    private HttpResponseMessage Keep(BlobRequest request, byte[] content)
    {
        if (request.Headers.GetValueOrDefault("If-None-Match") == "*" && Blobs.ContainsKey(request.Blob))
        {
            return Refuse(HttpStatusCode.Conflict, "BlobAlreadyExists");
        }

        Blobs[request.Blob] = new(content, []);
        Staged.Remove(request.Blob);
        return Answer(HttpStatusCode.Created);
    }

    private HttpResponseMessage SetMetadata(BlobRequest request)
    {
        Blobs[request.Blob] = Blobs[request.Blob] with
        {
            Metadata = request.Headers.Where(header => header.Key.StartsWith("x-ms-meta-", StringComparison.OrdinalIgnoreCase))
                .ToDictionary(header => header.Key["x-ms-meta-".Length..], header => header.Value),
        };
        return Answer(HttpStatusCode.OK);
    }

    private static HttpResponseMessage Properties(StoredBlob blob)
    {
        var answer = Answer(HttpStatusCode.OK);
        answer.Content = new ByteArrayContent([]);
        answer.Content.Headers.ContentLength = blob.Content.Length;
        answer.Content.Headers.LastModified = DateTimeOffset.UnixEpoch;
        foreach (var (name, value) in blob.Metadata)
        {
            answer.Headers.Add("x-ms-meta-" + name, value);
        }

        return answer;
    }

    private static HttpResponseMessage Xml(string xml)
    {
        var answer = Answer(HttpStatusCode.OK);
        answer.Content = new StringContent("<?xml version=\"1.0\" encoding=\"utf-8\"?>" + xml, Encoding.UTF8, "application/xml");
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
