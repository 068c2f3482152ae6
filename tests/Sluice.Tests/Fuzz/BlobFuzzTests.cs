using System.Collections.Immutable;
using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sluice.Emulator.Blobs;
using Sluice.Emulator.Hosting;
using Sluice.Emulator.Store;

namespace Sluice.Tests.Fuzz;

/// <summary>Requests to the blob service of the local Azure ML: names above all, and all else that a request has.</summary>
[Category("Fuzz")]
internal sealed class BlobFuzzTests
{
    private const string Account = "account";
    private const string Token = "token-of-the-test";
    private const int MostCalls = 4;

    private DirectoryInfo _folder = null!;
    private Database _database = null!;
    private BlobStore _store = null!;
    private BlobSurface _surface = null!;

    [SetUp]
    public void Open()
    {
        _folder = Directory.CreateTempSubdirectory("sluice-blobs-");
        _database = Database.Open(Path.Combine(_folder.FullName, "state.db"));
        _store = new BlobStore(_database, Path.Combine(_folder.FullName, "blobs"));
        var account = new StorageAccount(Account, Convert.ToBase64String(Encoding.UTF8.GetBytes("key")));
        _surface = BlobSurface.Over(_store, account, new BearerToken(Token), Guid.Empty, TimeProvider.System);
    }

    [TearDown]
    public void Close()
    {
        _database.Dispose();
        _folder.Delete(recursive: true);
    }

    [Test]
    public async Task Any_request_is_answered_as_the_blob_service_would()
    {
        var fuzzer = new BlobCallFuzzer(Account, $"Bearer {Token}");

        await new FuzzRun<BlobCalls>(
            "blob requests", random => new BlobCalls([.. Enumerable.Range(0, 1 + random.Next(MostCalls)).Select(_ => fuzzer.Next(random))]), ReadAsync)
            .RunAsync(leastRead: 0.5);
    }

    /// <summary>Sends some calls to a store that has a little in it. The last one counts as how far they got.</summary>
    private async Task<Reach> ReadAsync(BlobCalls calls)
    {
        foreach (var (name, _) in _store.ListContainers("", "", int.MaxValue))
        {
            _store.ChangeContainer(name, _ => null);
        }

        await SendAsync(Right("PUT", "/models?restype=container"));
        await SendAsync(Right("PUT", "/empty?restype=container"));
        await SendAsync(Right("PUT", "/models/block", ("x-ms-blob-type", "BlockBlob"), ("x-ms-meta-team", "cardio")));
        await SendAsync(Right("PUT", "/models/append", ("x-ms-blob-type", "AppendBlob")));
        var reach = Reach.Accepted;
        foreach (var call in calls.Calls)
        {
            reach = await SendAsync(call);
        }

        return reach;
    }

    private static BlobCall Right(string method, string target, params (string Name, string Value)[] headers) => new(
        method,
        $"{Account}.blob.localhost",
        target,
        headers.Append(("Authorization", $"Bearer {Token}")).ToImmutableSortedDictionary(header => header.Item1, header => header.Item2),
        "hello"u8.ToArray());

    private async Task<Reach> SendAsync(BlobCall call)
    {
        var context = new DefaultHttpContext();
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = call.Target;
        context.Request.Method = call.Method;
        context.Request.Scheme = "https";
        context.Request.Host = new HostString(call.Host, 443);
        context.Request.QueryString = new QueryString(call.Target.Split('?', 2) is [_, var query] ? $"?{query}" : "");
        context.Request.Body = new MemoryStream(call.Body);
        context.Request.ContentLength = call.Body.Length;
        using var body = new MemoryStream();
        context.Response.Body = body;
        foreach (var (name, value) in call.Headers)
        {
            context.Request.Headers[name] = value;
        }

        FindingException.ThrowUnless(await _surface.TryAnswerAsync(context), "The blob service does not feel addressed.");

        Check(call, context.Response, body.ToArray());
        return context.Response.StatusCode switch
        {
            < 300 => Reach.Accepted,
            401 or 403 or 501 => Reach.Unparsed,
            _ => Reach.Judged,
        };
    }

    private static void Check(BlobCall call, HttpResponse response, byte[] body)
    {
        FindingException.ThrowUnless(
            response.StatusCode is (>= 200 and <= 206) or 304 or (>= 400 and < 500) or 501, $"The status is {response.StatusCode}.");
        foreach (var (name, values) in response.Headers)
        {
            // What the server under it would refuse to send.
            FindingException.ThrowUnless($"{name}{values}".All(letter => letter is >= ' ' and <= '~'), $"The header {name} of the answer cannot be sent.");
        }

        if (call.Method == "HEAD")
        {
            FindingException.ThrowUnless(body.Length == 0, "HEAD is answered with a body.");
            return;
        }

        FindingException.ThrowUnless((response.ContentLength ?? body.Length) == body.Length, "The body is not as long as announced.");
        if (response.StatusCode >= 400)
        {
            FindingException.ThrowUnless(response.Headers["x-ms-error-code"].ToString().Length > 0, "A refusal has no code.");
            FindingException.ThrowUnless(Xml(body).DocumentElement!.Name == "Error", "A refusal has another body than an error's.");
        }
        else if (response.ContentType == "application/xml")
        {
            _ = Xml(body);
        }
    }

    private static XmlDocument Xml(byte[] bytes)
    {
        var document = new XmlDocument { XmlResolver = null };
        using var reader = XmlReader.Create(new MemoryStream(bytes), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        document.Load(reader);
        return document;
    }
}
