using System.Net;
using Azure.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sluice.Emulator.Blobs;
using Sluice.Emulator.Faults;
using Sluice.Emulator.Hosting;
using Sluice.Emulator.Store;

namespace Sluice.Tests.Emulator;

/// <summary>The blob service of the local Azure ML without a server in front of it.</summary>
internal sealed class LocalBlobs : IDisposable
{
    /// <summary>The storage account.</summary>
    public const string Account = "account";

    /// <summary>The account's key as the storage client takes it, to sign with.</summary>
    public static readonly StorageSharedKeyCredential Key = new(Account, Convert.ToBase64String("key"u8));

    /// <summary>The header that opens it.</summary>
    public const string Authorization = "Bearer token-of-the-test";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sluice-blobs-");
    private readonly BlobStore _store;
    private readonly BlobSurface _surface;

    public LocalBlobs()
    {
        var disk = new Disk(new LiveFaults(seed: 1, TimeProvider.System));
        Database = Database.Open(Path.Combine(_folder.FullName, "state.db"), disk);
        _store = new BlobStore(Database, Contents.FullName, disk);
        var account = new StorageAccount(Account, Convert.ToBase64String("key"u8));
        _surface = BlobSurface.Over(_store, account, new BearerToken(Authorization["Bearer ".Length..]), Guid.Empty, TimeProvider.System);
    }

    /// <summary>The scheme of the requests.</summary>
    public string Scheme { get; init; } = "https";

    /// <summary>Where the catalogue is.</summary>
    public Database Database { get; }

    /// <summary>Where the contents are, a file each.</summary>
    public DirectoryInfo Contents => new(Path.Combine(_folder.FullName, "blobs"));

    /// <summary>Deletes everything.</summary>
    public void Clear()
    {
        foreach (var (name, _) in _store.ListContainers("", "", int.MaxValue))
        {
            _store.ChangeContainer(name, _ => null);
        }
    }

    /// <summary>Sends a request that is opened by the test's token and has the body <c>hello</c>.</summary>
    public Task<BlobAnswer> SendAsync(string method, string target, params (string Name, string Value)[] headers) => SendAsync(
        method, $"{Account}.blob.core.localhost", target, headers.Append(("Authorization", Authorization)), "hello"u8.ToArray());

    /// <summary>Sends a request that is opened by a signature, whose parameters are added to the target, and has the body <c>hello</c>.</summary>
    public Task<BlobAnswer> SendSignedAsync(string method, string target, string signature, params (string Name, string Value)[] headers) =>
        SendAsync(method, $"{Account}.blob.core.localhost", $"{target}{(target.Contains('?') ? '&' : '?')}{signature}", headers, "hello"u8.ToArray());

    /// <summary>Sends a request, from this machine.</summary>
    public async Task<BlobAnswer> SendAsync(
        string method, string host, string target, IEnumerable<(string Name, string Value)> headers, byte[] body)
    {
        var context = new DefaultHttpContext();
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        context.Connection.RemoteIpAddress = IPAddress.IPv6Loopback;
        context.Request.Method = method;
        context.Request.Scheme = Scheme;
        context.Request.Host = new HostString(host, 443);
        context.Request.QueryString = new QueryString(target.Split('?', 2) is [_, var query] ? $"?{query}" : "");
        context.Request.Body = new MemoryStream(body);
        context.Request.ContentLength = body.Length;
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        foreach (var (name, value) in headers)
        {
            context.Request.Headers[name] = value;
        }

        var address = _surface.AddressOf(context)
            ?? throw new InvalidOperationException($"{method} {target} is no request to the blob service.");
        await _surface.AnswerAsync(context, address);
        return new BlobAnswer(context.Response, answer.ToArray());
    }

    public void Dispose()
    {
        Database.Dispose();
        _folder.Delete(recursive: true);
    }
}
