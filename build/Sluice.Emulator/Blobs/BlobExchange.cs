using System.Buffers;
using System.Globalization;
using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Http;

namespace Sluice.Emulator.Blobs;

/// <summary>A blob request that is authorized, and its answer.</summary>
internal sealed class BlobExchange(HttpContext context, BlobAddress address, BlobGrant grant)
{
    private const string MetadataPrefix = "x-ms-meta-";

    /// <summary>What the request may do.</summary>
    public BlobGrant Grant => grant;

    /// <summary>The account in the address.</summary>
    public string Account => address.Account;

    /// <summary>The container in the address.</summary>
    public string Container => address.Container ?? throw new InvalidOperationException("The request is about no container.");

    /// <summary>The blob in the address.</summary>
    public string Blob => address.Blob ?? throw new InvalidOperationException("The request is about no blob.");

    /// <summary>How many bytes the request's body has.</summary>
    /// <exception cref="BlobRefusedException">The request does not say it.</exception>
    public long BodyLength => context.Request.ContentLength ?? throw BlobRefuse.MissingLength();

    /// <summary>The request's body.</summary>
    /// <exception cref="BlobRefusedException">The request does not say how long it is.</exception>
    public Stream Body => context.Request.ContentLength is null ? throw BlobRefuse.MissingLength() : context.Request.Body;

    /// <summary>Whether the request's body is structured; where it has none, whether the answer's is to be. See <see cref="StructuredBody"/>.</summary>
    /// <exception cref="BlobRefusedException">It is of a form that there is not.</exception>
    public bool IsStructured => Header(StructuredBody.FormHeader) is { } form
        && (form.Equals(StructuredBody.Form, StringComparison.OrdinalIgnoreCase)
            ? true
            : throw BlobRefuse.InvalidHeader(StructuredBody.FormHeader, form, StructuredBody.Form));

    /// <summary>The content that the request brings: its body, or what a structured body holds, which is checked while it is read.</summary>
    /// <exception cref="BlobRefusedException">The request does not say how long the two are.</exception>
    public Stream Content => IsStructured
        ? new StructuredBodyStream(
            Body, BodyLength, Number(StructuredBody.LengthHeader) ?? throw BlobRefuse.MissingHeader(StructuredBody.LengthHeader))
        : Body;

    /// <summary>Ends when the client goes away.</summary>
    public CancellationToken Aborted => context.RequestAborted;

    /// <summary>The conditional headers.</summary>
    public BlobConditions Conditions => BlobConditions.Of(context.Request.Headers);

    /// <summary>The lease id that the request names, or null.</summary>
    public Guid? LeaseId => IdOf("x-ms-lease-id");

    /// <summary>The address of the service as the client wrote it, with a slash at the end.</summary>
    public string ServiceAddress =>
        $"{context.Request.Scheme}://{context.Request.Host}/{(address.RawPath.StartsWith($"/{Account}", StringComparison.Ordinal) ? $"{Account}/" : "")}";

    /// <summary>The request asks for headers only.</summary>
    public bool IsHead => HttpMethods.IsHead(context.Request.Method);

    /// <summary>A header, or null.</summary>
    public string? Header(string name) => context.Request.Headers[name].ToString() is { Length: > 0 } value ? value : null;

    /// <summary>A query parameter, or null.</summary>
    public string? Query(string name) => context.Request.Query[name].ToString() is { Length: > 0 } value ? value : null;

    /// <summary>A header that is an integer of 0 or more, or null.</summary>
    public long? Number(string name) => Header(name) is not { } text
        ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw BlobRefuse.InvalidHeader(name, text, "an integer of 0 or more");

    /// <summary>A header that is a GUID, or null.</summary>
    public Guid? IdOf(string name) => Header(name) is not { } text
        ? null
        : Guid.TryParse(text, out var id) ? id : throw BlobRefuse.InvalidHeader(name, text, "a GUID");

    /// <summary>
    /// The metadata that the request carries. Its names are identifiers as C# has them (documentation: "Naming and referencing containers,
    /// blobs, and metadata").
    /// </summary>
    /// <exception cref="BlobRefusedException">A name is none.</exception>
    public IReadOnlyDictionary<string, string> Metadata() => context.Request.Headers
        .Where(header => header.Key.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
        .ToDictionary(
            header => header.Key[MetadataPrefix.Length..] is var name && IsIdentifier(name) ? name : throw BlobRefuse.InvalidMetadata(name),
            header => header.Value.ToString(),
            StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a text can be the value of a header.</summary>
    public static bool IsSendable(string? value) => value is null || value.All(letter => letter is >= ' ' and <= '~');

    /// <summary>A query parameter that becomes a header of the answer, or null.</summary>
    public string? HeaderOfQuery(string name) => Query(name) is var value && IsSendable(value)
        ? value
        : throw BlobRefuse.InvalidQuery(name, value, "printable ASCII");

    /// <summary>Sets a header of the answer; null leaves it out.</summary>
    public void Set(string name, string? value)
    {
        if (value is not null)
        {
            context.Response.Headers[name] = value;
        }
    }

    /// <summary>Sets entity tag and time of last write.</summary>
    public void SetVersion(string etag, DateTimeOffset modified)
    {
        Set("ETag", etag);
        Set("Last-Modified", modified.ToString("R", CultureInfo.InvariantCulture));
    }

    /// <summary>Sets the metadata headers.</summary>
    public void SetMetadata(IReadOnlyDictionary<string, string> metadata)
    {
        foreach (var (name, value) in metadata)
        {
            Set($"{MetadataPrefix}{name}", value);
        }
    }

    /// <summary>Sets the headers of a lease.</summary>
    public void SetLease(Lease? lease, DateTimeOffset now)
    {
        var state = Lease.StateOf(lease, now);
        Set("x-ms-lease-state", state.ToString().ToLowerInvariant());
        Set("x-ms-lease-status", Lease.IsLocked(lease, now) ? "locked" : "unlocked");
        if (state == LeaseState.Leased)
        {
            Set("x-ms-lease-duration", lease!.Duration is null ? "infinite" : "fixed");
        }
    }

    /// <summary>Answers with a status and no body.</summary>
    public void Answer(int status)
    {
        context.Response.StatusCode = status;
        if (status != StatusCodes.Status204NoContent && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.ContentLength = 0;
        }
    }

    /// <summary>Answers with a status and so many bytes of a stream; a HEAD request gets their number only.</summary>
    public async Task AnswerAsync(int status, Stream content, long offset, long length)
    {
        context.Response.StatusCode = status;
        context.Response.ContentLength = length;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        content.Position = offset;
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(length, 128 * 1024));
        try
        {
            for (var left = length; left > 0;)
            {
                var read = await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), Aborted);
                if (read == 0)
                {
                    throw new EndOfStreamException($"The content of blob '{Blob}' is {left} bytes too short.");
                }

                await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), Aborted);
                left -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Answers with a status and so many bytes of a stream, as a structured body.</summary>
    public Task AnswerStructuredAsync(int status, Stream content, long offset, long length)
    {
        Set(StructuredBody.FormHeader, StructuredBody.Form);
        Set(StructuredBody.LengthHeader, length.ToString(CultureInfo.InvariantCulture));
        context.Response.StatusCode = status;
        context.Response.ContentLength = StructuredBody.LengthOf(length);
        content.Position = offset;
        return StructuredBody.WriteAsync(content, length, context.Response.Body, Aborted);
    }

    /// <summary>Answers with XML.</summary>
    public async Task AnswerAsync(Action<XmlWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
        {
            write(writer);
        }

        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = "application/xml";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), Aborted);
    }

    private static bool IsIdentifier(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');
}
