using System.Globalization;
using System.Text;
using System.Xml;

namespace Sluice.Emulator.Blobs;

/// <summary>The XML of lists.</summary>
internal static class ListXml
{
    /// <summary>Begins a list.</summary>
    /// <param name="xml">What is written to.</param>
    /// <param name="exchange">The request.</param>
    /// <param name="container">The container whose blobs are listed; null in a list of containers.</param>
    /// <param name="prefix">What the names begin with.</param>
    /// <param name="size">The most that a page holds.</param>
    public static void Start(XmlWriter xml, BlobExchange exchange, string? container, string prefix, int size)
    {
        xml.WriteStartElement("EnumerationResults");
        xml.WriteAttributeString("ServiceEndpoint", exchange.ServiceAddress);
        if (container is not null)
        {
            xml.WriteAttributeString("ContainerName", container);
        }

        WriteText(xml, "Prefix", prefix);
        if (exchange.Query("marker") is { } marker)
        {
            xml.WriteElementString("Marker", marker);
        }

        xml.WriteElementString("MaxResults", size.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Ends a list.</summary>
    public static void End(XmlWriter xml, string? last)
    {
        xml.WriteElementString("NextMarker", last is null ? "" : ListMarker.Write(last));
        xml.WriteEndElement();
    }

    /// <summary>Writes a blob.</summary>
    public static void WriteBlob(XmlWriter xml, string name, BlobEntry blob, bool withMetadata, DateTimeOffset now)
    {
        xml.WriteStartElement("Blob");
        WriteText(xml, "Name", name);
        xml.WriteStartElement("Properties");
        xml.WriteElementString("Creation-Time", blob.CreatedAt.ToString("R", CultureInfo.InvariantCulture));
        xml.WriteElementString("Last-Modified", blob.ModifiedAt.ToString("R", CultureInfo.InvariantCulture));
        xml.WriteElementString("Etag", blob.ETag.Trim('"'));
        xml.WriteElementString("Content-Length", blob.Length.ToString(CultureInfo.InvariantCulture));
        xml.WriteElementString("Content-Type", blob.Headers.ContentType);
        xml.WriteElementString("Content-Encoding", blob.Headers.ContentEncoding ?? "");
        xml.WriteElementString("Content-Language", blob.Headers.ContentLanguage ?? "");
        xml.WriteElementString("Content-MD5", blob.Headers.ContentMd5 ?? "");
        xml.WriteElementString("Cache-Control", blob.Headers.CacheControl ?? "");
        xml.WriteElementString("Content-Disposition", blob.Headers.ContentDisposition ?? "");
        xml.WriteElementString("BlobType", blob.Type.ToString());
        if (blob.Type == BlobType.BlockBlob)
        {
            WriteTier(xml, blob.AccessTier);
        }

        WriteLease(xml, blob.Lease, now);
        xml.WriteElementString("ServerEncrypted", "true");
        xml.WriteEndElement();
        if (withMetadata)
        {
            WriteMetadata(xml, blob.Metadata);
        }

        xml.WriteEndElement();
    }

    /// <summary>Writes the metadata of a blob or of a container.</summary>
    public static void WriteMetadata(XmlWriter xml, IReadOnlyDictionary<string, string> metadata)
    {
        xml.WriteStartElement("Metadata");
        foreach (var (key, value) in metadata)
        {
            xml.WriteElementString(XmlConvert.EncodeLocalName(key), value);
        }

        xml.WriteEndElement();
    }

    /// <summary>Writes a text; one that XML cannot carry is percent-encoded and says so.</summary>
    public static void WriteText(XmlWriter xml, string element, string name)
    {
        xml.WriteStartElement(element);
        var plain = !HasInvalid(name);
        if (!plain)
        {
            xml.WriteAttributeString("Encoded", "true");
        }

        xml.WriteString(plain ? name : Uri.EscapeDataString(name));
        xml.WriteEndElement();
    }

    /// <summary>Writes the state of a lease.</summary>
    public static void WriteLease(XmlWriter xml, Lease? lease, DateTimeOffset now)
    {
        var state = Lease.StateOf(lease, now);
        xml.WriteElementString("LeaseStatus", Lease.IsLocked(lease, now) ? "locked" : "unlocked");
        xml.WriteElementString("LeaseState", state.ToString().ToLowerInvariant());
        if (state == LeaseState.Leased)
        {
            xml.WriteElementString("LeaseDuration", lease!.Duration is null ? "infinite" : "fixed");
        }
    }

    /// <summary>A text for people, with a sign in the place of each letter that XML cannot carry.</summary>
    public static string Readable(string text) => string.Concat(
        text.EnumerateRunes().Select(rune => !rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value) ? rune : Rune.ReplacementChar));

    private static void WriteTier(XmlWriter xml, string? tier)
    {
        xml.WriteElementString("AccessTier", tier ?? AccessTier.Inferred);
        if (tier is null)
        {
            xml.WriteElementString("AccessTierInferred", "true");
        }
    }

    private static bool HasInvalid(string name)
    {
        try
        {
            XmlConvert.VerifyXmlChars(name);
            return false;
        }
        catch (XmlException)
        {
            return true;
        }
    }
}
