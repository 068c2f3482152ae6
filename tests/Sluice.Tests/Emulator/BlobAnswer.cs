using System.Xml;
using Microsoft.AspNetCore.Http;

namespace Sluice.Tests.Emulator;

/// <summary>An answer of the blob service.</summary>
internal sealed record BlobAnswer(HttpResponse Response, byte[] Body)
{
    /// <summary>The status and, of a refusal, the error's code.</summary>
    public string Code => $"{Response.StatusCode} {Response.Headers["x-ms-error-code"]}".TrimEnd();

    /// <summary>The body, which has to be XML that every parser takes.</summary>
    public XmlDocument Xml()
    {
        var document = new XmlDocument { XmlResolver = null };
        using var reader = XmlReader.Create(new MemoryStream(Body), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        document.Load(reader);
        return document;
    }
}
