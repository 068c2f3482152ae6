using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sluice.AzureML.Faults;

namespace Sluice.AzureML.Connection;

/// <summary>
/// Connections to a local Azure ML. <c>&lt;account&gt;.blob.core.localhost</c> is known to no name service, so every name under
/// <c>localhost</c> is dialled on loopback, at the one port; and only the certificate with the known hash is trusted.
/// </summary>
internal static class LoopbackHandler
{
    /// <summary>Makes the handler.</summary>
    /// <param name="cloud">The local Azure ML.</param>
    /// <exception cref="ArgumentException">The end point is not https on localhost, or the hash is not one.</exception>
    public static SocketsHttpHandler Create(LocalCloud cloud)
    {
        if (cloud.ArmEndpoint.Scheme != Uri.UriSchemeHttps || !IsLocal(cloud.ArmEndpoint.Host))
        {
            throw new ArgumentException(
                $"The end point of a local Azure ML must be https on localhost; found '{cloud.ArmEndpoint}'.", nameof(cloud));
        }

        var pin = PinOf(cloud);
        var port = cloud.ArmEndpoint.Port;
        return new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectCallback = (context, cancellationToken) => DialAsync(context.DnsEndPoint, port, cloud.Ended, cancellationToken),
            SslOptions = new SslClientAuthenticationOptions
            {
                // The pin alone decides, so no connection need ask the machine's authorities whether one of them knows the certificate.
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    RevocationMode = X509RevocationMode.NoCheck,
                    DisableCertificateDownloads = true,
                },
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null
                    && CryptographicOperations.FixedTimeEquals(SHA256.HashData(certificate.GetRawCertData()), pin),
            },
        };
    }

    private static byte[] PinOf(LocalCloud cloud)
    {
        const string Allowed = "allowed are 64 hexadecimal digits";
        try
        {
            var pin = Convert.FromHexString(cloud.CertificateSha256);
            return pin.Length == SHA256.HashSizeInBytes
                ? pin
                : throw new ArgumentException($"The certificate's hash has {2 * pin.Length} digits; {Allowed}.", nameof(cloud));
        }
        catch (FormatException exception)
        {
            throw new ArgumentException(
                $"'{cloud.CertificateSha256}' is no SHA-256 of a certificate; {Allowed}.", nameof(cloud), exception);
        }
    }

    private static async ValueTask<Stream> DialAsync(DnsEndPoint wanted, int port, Func<string?> ended, CancellationToken cancellationToken)
    {
        if (!IsLocal(wanted.Host))
        {
            throw new HttpRequestException($"A local Azure ML does not lead to '{wanted.Host}'.");
        }

        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException refusal) when (refusal.SocketErrorCode == SocketError.ConnectionRefused && ended() is { } why)
        {
            socket.Dispose();
            throw new ServiceEndedException(why, refusal);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsLocal(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
