using System.Collections.Immutable;
using System.Text;
using Sluice.Tests.Fuzz.Documents;

namespace Sluice.Tests.Fuzz;

/// <summary>Makes requests to the blob service that are right but for a few parts.</summary>
/// <param name="account">The storage account.</param>
/// <param name="authorization">A header that opens it.</param>
internal sealed class BlobCallFuzzer(string account, string authorization)
{
    private const string BlockId = "YWFhYQ==";
    private const string Lease = "8d9f2f5e-6a2b-4c60-9d0a-1f3a4b5c6d7e";

    private static readonly string[] Containers = ["models", "models", "models", "models", "empty", "none", "a", "A--b", "$root"];

    private static readonly string[] Names =
    [
        "block", "append", "block", "append", "new", "folder/a", "folder/b c", "a//b", "ä/😀", "x%y", "a?b", "a#b", "a+b", "a&b=c", ".",
        "..", "../x", "/", "a/", "-",
    ];

    private static readonly DocumentFuzzer Lists = new(
        new XmlListSyntax(),
        $$"""["{{BlockId}}", "{{BlockId}}"]""",
        """["YmJiYg==", ""]""");

    private static readonly BlobOperation[] Operations =
    [
        new("PUT", "", false),
        new("PUT", "", false),
        new("PUT", $"comp=block&blockid={BlockId}", false),
        new("PUT", "comp=blocklist", false),
        new("GET", "comp=blocklist&blocklisttype=all", false),
        new("PUT", "comp=appendblock", false),
        new("GET", "", false),
        new("GET", "", false),
        new("HEAD", "", false),
        new("GET", "comp=metadata", false),
        new("PUT", "comp=metadata", false),
        new("PUT", "comp=properties", false),
        new("PUT", "comp=lease", false),
        new("DELETE", "", false),
        new("GET", "restype=container&comp=list", true),
        new("GET", "restype=container&comp=list&include=metadata&prefix=folder", true),
        new("GET", "restype=container&comp=list&delimiter=/&maxresults=1", true),
        new("PUT", "restype=container", true),
        new("GET", "restype=container", true),
        new("PUT", "restype=container&comp=metadata", true),
        new("PUT", "restype=container&comp=lease", true),
        new("DELETE", "restype=container", true),
    ];

    private static readonly (string Name, string[] Values)[] Headers =
    [
        ("x-ms-blob-type", ["BlockBlob", "AppendBlob"]), ("x-ms-version", ["2025-05-05"]), ("x-ms-client-request-id", ["id"]),
        ("x-ms-meta-a", ["b"]), ("x-ms-meta-e", ["é"]), ("Content-Type", ["text/plain"]), ("x-ms-blob-content-type", ["text/html"]),
        ("Content-MD5", ["XUFAKrxLKna5cZ2REBfFkg=="]), ("x-ms-blob-content-encoding", ["gzip"]), ("x-ms-blob-cache-control", ["no-store"]),
        ("If-Match", ["*", "\"0x1\""]), ("If-None-Match", ["*"]), ("If-Modified-Since", ["Fri, 02 Jan 2026 03:04:05 GMT"]),
        ("Range", ["bytes=0-1", "bytes=-1", "bytes=5-"]), ("x-ms-range", ["bytes=0-0"]), ("x-ms-range-get-content-md5", ["true"]),
        ("x-ms-lease-action", ["acquire", "renew", "change", "release", "break"]), ("x-ms-lease-duration", ["15", "-1"]),
        ("x-ms-lease-id", [Lease]), ("x-ms-proposed-lease-id", [Lease]), ("x-ms-lease-break-period", ["0"]),
        ("x-ms-blob-condition-appendpos", ["0"]), ("x-ms-blob-condition-maxsize", ["10"]), ("x-ms-copy-source", ["https://x"]),
        ("x-ms-content-crc64", ["M3eJpfIsNFU="]), ("x-ms-structured-body", ["XSM/1.0; properties=crc64"]), ("x-ms-structured-content-length", ["5", "0"]),
        ("x-ms-access-tier", ["Cool"]), ("x-ms-delete-snapshots", ["include"]), ("x-ms-range-get-content-crc64", ["true"]),
    ];

    private static readonly string[] Parameters =
    [
        "comp", "restype", "prefix", "delimiter", "marker", "maxresults", "include", "blockid", "blocklisttype", "sig", "sv", "sr", "sp", "ss",
        "srt", "se", "st", "sip", "spr", "snapshot", "rsct", "rscd", "rsce", "timeout",
    ];

    /// <summary>The next request.</summary>
    public BlobCall Next(Random random)
    {
        var operation = Operations[random.Next(Operations.Length)];
        var container = random.Next(30) == 0 ? OddValues.Text(random) : Containers[random.Next(Containers.Length)];
        var blob = random.Next(5) == 0 ? OddValues.Text(random) : Names[random.Next(Names.Length)];
        var path = $"/{Escaped(container, random)}" + (operation.IsContainer ? "" : $"/{Escaped(blob, random)}");
        var isInHost = random.Next(2) == 0;
        var host = random.Next(100) == 0 ? "other.blob.core.localhost" : isInHost ? $"{account}.blob.core.localhost" : "localhost";
        var query = QueryOf(operation.Query, random);
        var headers = HeadersOf(operation, random);
        return new BlobCall(
            random.Next(60) == 0 ? "POST" : operation.Method,
            host,
            (isInHost ? path : $"/{account}{path}") + (query.Length == 0 ? "" : $"?{query}"),
            headers,
            BodyOf(operation, headers, random));
    }

    private static string QueryOf(string query, Random random)
    {
        var parts = query.Length == 0 ? [] : query.Split('&').ToList();
        for (var changes = random.Next(4) == 0 ? 1 + random.Next(2) : 0; changes > 0; changes--)
        {
            var parameter = Parameters[random.Next(Parameters.Length)];
            parts.Insert(random.Next(parts.Count + 1), $"{parameter}={Escaped(OddValues.Text(random), random)}");
        }

        return string.Join('&', parts);
    }

    private ImmutableSortedDictionary<string, string> HeadersOf(BlobOperation operation, Random random)
    {
        var headers = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        if (random.Next(30) != 0)
        {
            headers["Authorization"] = random.Next(50) == 0 ? Sendable(OddValues.Text(random)) : authorization;
        }

        if (operation is { Method: "PUT", Query: "", IsContainer: false })
        {
            headers["x-ms-blob-type"] = random.Next(2) == 0 ? "BlockBlob" : "AppendBlob";
        }

        if (operation.Query.Contains("lease", StringComparison.Ordinal))
        {
            headers["x-ms-lease-action"] = "acquire";
            headers["x-ms-lease-duration"] = "15";
        }

        for (var more = random.Next(4); more > 0; more--)
        {
            var (name, values) = Headers[random.Next(Headers.Length)];
            headers[name] = random.Next(4) == 0 ? Sendable(OddValues.Text(random)) : values[random.Next(values.Length)];
        }

        return headers.ToImmutable();
    }

    private static byte[] BodyOf(BlobOperation operation, ImmutableSortedDictionary<string, string> headers, Random random) =>
        operation.Query == "comp=blocklist" ? Lists.Next(random)
        : operation.Method != "PUT" || random.Next(5) == 0 || headers.GetValueOrDefault("x-ms-blob-type") == "AppendBlob" ? []
        : Encoding.UTF8.GetBytes("hello"[random.Next(5)..]);

    /// <summary>Encodes a text for a path or query, most often rightly.</summary>
    private static string Escaped(string text, Random random)
    {
        if (random.Next(40) == 0)
        {
            // As somebody would who does not encode; what cannot stand in a request's first line is left out.
            return string.Concat(text.Where(letter => letter is > ' ' and <= '~'));
        }

        return string.Concat(Encoding.UTF8.GetBytes(text).Select(octet =>
            char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'/' or (byte)'-' or (byte)'.' ? $"{(char)octet}" : $"%{octet:X2}"));
    }

    /// <summary>What a server lets through of a header: no control characters, and no half pairs.</summary>
    private static string Sendable(string value) =>
        string.Concat(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(value)).Where(letter => letter is '\t' or (>= ' ' and not '\u007f')))
            .Trim();
}
