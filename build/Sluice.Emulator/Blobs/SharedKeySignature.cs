using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Sluice.Emulator.Blobs;

/// <summary>The Shared Key scheme of the blob service, version 2015-02-21 and later ("Authorize with Shared Key").</summary>
internal static class SharedKeySignature
{
    private const string Canonical = "x-ms-";

    /// <summary>The signature of a text under an account key: base64 of HMAC-SHA256.</summary>
    public static string Sign(string text, string key) =>
        Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(key), Encoding.UTF8.GetBytes(text)));

    /// <summary>Whether two signatures are the same. How long the answer takes says nothing of the right one.</summary>
    public static bool AreEqual(string given, string computed) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(computed));

    /// <summary>The text that is signed for a request.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="headers">The headers.</param>
    /// <param name="account">The account that signs.</param>
    /// <param name="rawPath">The path as it was sent; in path style it begins with the account too.</param>
    /// <param name="query">The query.</param>
    public static string TextOf(string method, IHeaderDictionary headers, string account, string rawPath, IQueryCollection query)
    {
        var length = headers.ContentLength is { } bytes and > 0 ? bytes.ToString(CultureInfo.InvariantCulture) : "";
        var date = headers.ContainsKey("x-ms-date") ? "" : headers.Date.ToString();
        var text = new StringBuilder()
            .Append(method.ToUpperInvariant()).Append('\n')
            .Append(headers.ContentEncoding).Append('\n')
            .Append(headers.ContentLanguage).Append('\n')
            .Append(length).Append('\n')
            .Append(headers.ContentMD5).Append('\n')
            .Append(headers.ContentType).Append('\n')
            .Append(date).Append('\n')
            .Append(headers.IfModifiedSince).Append('\n')
            .Append(headers.IfMatch).Append('\n')
            .Append(headers.IfNoneMatch).Append('\n')
            .Append(headers.IfUnmodifiedSince).Append('\n')
            .Append(headers.Range).Append('\n');
        foreach (var (name, values) in headers
            .Where(header => header.Key.StartsWith(Canonical, StringComparison.OrdinalIgnoreCase))
            .Select(header => (Name: header.Key.ToLowerInvariant(), header.Value))
            .OrderBy(header => header.Name, StringComparer.Ordinal))
        {
            text.Append(name).Append(':').Append(values.ToString().Trim()).Append('\n');
        }

        text.Append('/').Append(account).Append(rawPath);
        foreach (var (name, values) in query
            .Select(parameter => (Name: parameter.Key.ToLowerInvariant(), parameter.Value))
            .OrderBy(parameter => parameter.Name, StringComparer.Ordinal))
        {
            text.Append('\n').Append(name).Append(':').AppendJoin(',', values.Order(StringComparer.Ordinal));
        }

        return text.ToString();
    }
}
