using System.Net;
using Microsoft.AspNetCore.Http;
using Sluice.Emulator.Blobs;

namespace Sluice.Emulator.Hosting;

/// <summary>
/// Keeps web pages out. A page in the user's browser can send requests to loopback, and by a DNS name that it controls even read the
/// answers; what it cannot do is leave its own origin out or name a loopback host.
/// </summary>
internal static class RequestGuard
{
    private const string Localhost = "localhost";

    /// <summary>Why a request is refused, or null when it is not.</summary>
    public static string? WhyRefused(HttpRequest request)
    {
        if (!IsLoopback(request.Host.Host))
        {
            return $"The host '{request.Host.Host}' is no loopback name; "
                + $"allowed are localhost, *{BlobAddress.HostSuffix}, 127.0.0.1 and [::1].";
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority == request.Host.Value)
            ? null
            : $"The origin '{origin}' is another one than this server's.";
    }

    private static bool IsLoopback(string host) =>
        host.Equals(Localhost, StringComparison.OrdinalIgnoreCase)
        || BlobAddress.IsServiceHost(host)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
