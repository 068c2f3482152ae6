using System.Globalization;
using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sluice.Emulator.Hosting;
using Sluice.Emulator.Store;

namespace Sluice.Emulator.Blobs;

/// <summary>The blob service: authorization, the table of operations, common headers, errors.</summary>
internal sealed class BlobSurface(
    StorageAccount account,
    BlobAuthorizer authorizer,
    ContainerOperations containers,
    BlobReads reads,
    BlobWrites writes,
    AppendOperations appends,
    LeaseOperations leases,
    Guid tenant)
{
    private const string OldestVersion = "2009-07-17";
    private const string DefaultVersion = "2025-05-05";
    private const long BodyLimit = 5000L * 1024 * 1024;

    /// <summary>The blob service of a store.</summary>
    public static BlobSurface Over(BlobStore store, StorageAccount account, BearerToken token, Guid tenant, TimeProvider time) => new(
        account,
        new BlobAuthorizer(account, token, time),
        new ContainerOperations(store, time),
        new BlobReads(store, time),
        new BlobWrites(store, time),
        new AppendOperations(store, time),
        new LeaseOperations(store, time),
        tenant);

    /// <summary>What a request is about, or null when it is none to the blob service.</summary>
    public BlobAddress? AddressOf(HttpContext context) => BlobAddress
        .TryParse(context.Request.Host.Host, context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, account.Name)
        ?.OfRequest(context.Request.Query["restype"].ToString());

    /// <summary>Refuses a request that is answered in the place of its operation.</summary>
    public Task RefuseAsync(HttpContext context, BlobRefusedException refused)
    {
        WriteCommonHeaders(context);
        return WriteAsync(context, refused);
    }

    /// <summary>Answers a request.</summary>
    public async Task AnswerAsync(HttpContext context, BlobAddress address)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = BodyLimit;
        }

        WriteCommonHeaders(context);
        try
        {
            if (address.Account != account.Name)
            {
                throw new BlobRefusedException(404, "ResourceNotFound", $"There is no storage account '{address.Account}'; there is '{account.Name}'.");
            }

            RequireSendable(context.Request.Headers);
            RequireVersion(context.Request.Headers["x-ms-version"].ToString());
            var grant = authorizer.Authorize(context.Request, address);
            await Find(context.Request, address)(new BlobExchange(context, address, grant));
        }
        catch (BlobRefusedException refused) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, refused);
        }
        catch (BadHttpRequestException fault) when (!context.Response.HasStarted)
        {
            await WriteAsync(context, fault.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? BlobRefuse.TooLarge(BodyLimit)
                : new BlobRefusedException(fault.StatusCode, "InvalidInput", fault.Message));
        }
        catch (Exception fault) when (
            Database.IsDiskFault(fault)
            && !context.Response.HasStarted
            && !context.RequestAborted.IsCancellationRequested)
        {
            await WriteAsync(context, BlobRefuse.Internal(fault.Message));
        }
    }

    private Func<BlobExchange, Task> Find(HttpRequest request, BlobAddress address)
    {
        var (comp, kind) = (request.Query["comp"].ToString().ToLowerInvariant(), request.Query["restype"].ToString().ToLowerInvariant());
        var method = request.Method.ToUpperInvariant();
        UnsupportedFeatures.Refuse(request);
        Func<BlobExchange, Task>? found = address switch
        {
            _ when kind == "account" => (method, comp) switch
            {
                ("GET" or "HEAD", "properties") => ContainerOperations.GetAccount,
                _ => null,
            },
            { Container: null } => (method, comp) switch
            {
                ("GET", "list") => containers.ListAll,
                ("GET", "properties") when kind == "service" => ContainerOperations.GetService,
                _ => null,
            },
            { Blob: null } => (method, comp) switch
            {
                ("PUT", "") => containers.Create,
                ("GET" or "HEAD", "" or "metadata") => containers.Get,
                ("PUT", "metadata") => containers.SetMetadata,
                ("PUT", "lease") => leases.ChangeContainer,
                ("GET", "list") => containers.ListBlobs,
                ("DELETE", "") => containers.Delete,
                _ => null,
            },
            _ when kind == "container" => throw BlobRefuse.InvalidQuery("restype", kind, "none with the name of a blob"),
            _ => (method, comp) switch
            {
                ("PUT", "") => PutOf(request),
                ("PUT", "block") => writes.PutBlock,
                ("PUT", "blocklist") => writes.PutBlockList,
                ("GET", "blocklist") => reads.GetBlockList,
                ("PUT", "appendblock") => appends.Append,
                ("GET", "") => reads.Get,
                ("HEAD", "") or ("GET" or "HEAD", "metadata") => reads.Head,
                ("PUT", "metadata") => writes.SetMetadata,
                ("PUT", "properties") => writes.SetHeaders,
                ("PUT", "lease") => leases.ChangeBlob,
                ("DELETE", "") => writes.Delete,
                _ => null,
            },
        };
        return found ?? throw BlobRefuse.Unsupported($"{method} {(address.Blob is null ? "of a container or account" : "of a blob")} with comp='{comp}'");
    }

    private Func<BlobExchange, Task> PutOf(HttpRequest request)
    {
        var type = request.Headers["x-ms-blob-type"].ToString();
        return type switch
        {
            nameof(BlobType.BlockBlob) => writes.Put,
            nameof(BlobType.AppendBlob) => appends.Create,
            "" => throw BlobRefuse.MissingHeader("x-ms-blob-type"),
            _ => throw BlobRefuse.InvalidHeader("x-ms-blob-type", type, $"{nameof(BlobType.BlockBlob)} or {nameof(BlobType.AppendBlob)}"),
        };
    }

    /// <summary>
    /// What is written with a header is given back in one, and the service takes nothing there but ASCII. A server that decodes UTF-8 in
    /// requests, as this one does, would break on it in the answer.
    /// </summary>
    private static void RequireSendable(IHeaderDictionary headers)
    {
        foreach (var (name, values) in headers)
        {
            if (!BlobExchange.IsSendable(values))
            {
                throw BlobRefuse.InvalidHeader(name, values, "printable ASCII");
            }
        }
    }

    private static void RequireVersion(string version)
    {
        if (version.Length > 0 && !IsVersion(version))
        {
            throw BlobRefuse.InvalidHeader("x-ms-version", version, $"a version of the service since {OldestVersion}, such as {DefaultVersion}");
        }
    }

    /// <summary>
    /// Whether a text names a version of the service: a day since the first that is documented ("Previous Azure Storage versions"). Days to
    /// come are taken too, for clients are newer than a list of them would be.
    /// </summary>
    private static bool IsVersion(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        && string.CompareOrdinal(text, OldestVersion) >= 0;

    private static void WriteCommonHeaders(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.Server = "Windows-Azure-Blob/1.0";
        headers["x-ms-request-id"] = Guid.NewGuid().ToString();
        var version = context.Request.Headers["x-ms-version"].ToString() is { Length: > 0 } asked ? asked : context.Request.Query["sv"].ToString();
        headers["x-ms-version"] = IsVersion(version) ? version : DefaultVersion;
        if (context.Request.Headers["x-ms-client-request-id"].ToString() is { Length: > 0 } id && BlobExchange.IsSendable(id))
        {
            headers["x-ms-client-request-id"] = id;
        }
    }

    private async Task WriteAsync(HttpContext context, BlobRefusedException refused)
    {
        var response = context.Response;
        response.StatusCode = refused.Status;
        response.Headers["x-ms-error-code"] = refused.Code;
        foreach (var (name, value) in refused.Headers)
        {
            response.Headers[name] = value;
        }

        if (refused.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate =
                $"Bearer authorization_uri=https://login.microsoftonline.com/{tenant}/oauth2/authorize resource_id=https://storage.azure.com";
        }

        if (HttpMethods.IsHead(context.Request.Method) || refused.Status == StatusCodes.Status304NotModified)
        {
            return;
        }

        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
        {
            writer.WriteStartElement("Error");
            writer.WriteElementString("Code", refused.Code);
            writer.WriteElementString("Message", ListXml.Readable($"{refused.Message}\nRequestId:{response.Headers["x-ms-request-id"]}"));
            writer.WriteEndElement();
        }

        response.ContentType = "application/xml";
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), context.RequestAborted);
    }
}
