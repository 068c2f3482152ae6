using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.IntegrationTests.Emulator;

/// <summary>Blob requests signed by hand with the shared key, so that the raw path is under control. Written from the scheme's definition.</summary>
internal sealed class SignedRequest(RunningEmulator emulator, string account, string key)
{
    /// <summary>Sends a request; a body makes it the put of a block blob.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, byte[]? body = null, DateTimeOffset? date = null, string? tamper = null)
    {
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["x-ms-date"] = (date ?? TimeProvider.System.GetUtcNow()).ToString("R", CultureInfo.InvariantCulture),
            ["x-ms-version"] = "2023-11-03",
        };
        if (body is not null)
        {
            headers["x-ms-blob-type"] = "BlockBlob";
        }

        var length = body is { Length: > 0 } ? body.Length.ToString(CultureInfo.InvariantCulture) : "";
        var text = $"{method.Method}\n\n\n{length}\n\n\n\n\n\n\n\n\n"
            + string.Concat(headers.Select(header => $"{header.Key}:{header.Value}\n"))
            + $"/{account}{path}";
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(key), Encoding.UTF8.GetBytes(text)));
        var uri = new Uri(
            $"https://{account}.blob.core.localhost:{emulator.Connection.Port}{tamper ?? path}",
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(method, uri);
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        request.Headers.TryAddWithoutValidation("Authorization", $"SharedKey {account}:{signature}");
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
        }

        using var http = new HttpClient(emulator.Handler, disposeHandler: false);
        return await http.SendAsync(request);
    }
}
