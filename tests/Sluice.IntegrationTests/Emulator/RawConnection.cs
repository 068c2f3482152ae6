using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sluice.Emulator;

namespace Sluice.IntegrationTests.Emulator;

/// <summary>A request as somebody writes it who keeps to no rule: bytes on a TLS connection, and what comes back to its end.</summary>
internal static class RawConnection
{
    /// <summary>Sends the text and reads the answer to its end.</summary>
    /// <param name="connection">The emulator.</param>
    /// <param name="request">The request line, the headers and the body; <c>Connection: close</c> should be among the headers.</param>
    public static Task<string> AskAsync(EmulatorConnection connection, string request) => AskAsync(connection, request, TimeSpan.Zero, "");

    /// <summary>Sends the text in two parts and reads the answer to its end.</summary>
    /// <param name="connection">The emulator.</param>
    /// <param name="request">The first part.</param>
    /// <param name="pause">How long nothing is sent then.</param>
    /// <param name="rest">The second part.</param>
    public static async Task<string> AskAsync(EmulatorConnection connection, string request, TimeSpan pause, string rest)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", connection.Port);
        await using var tls = new SslStream(new NetworkStream(socket), leaveInnerStreamOpen: false, IsTheEmulators);
        await tls.AuthenticateAsClientAsync("localhost");
        await tls.WriteAsync(Encoding.UTF8.GetBytes(request));
        await Task.Delay(pause);
        await tls.WriteAsync(Encoding.UTF8.GetBytes(rest));
        using var reader = new StreamReader(tls, Encoding.UTF8);
        return await reader.ReadToEndAsync();

        bool IsTheEmulators(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
            certificate?.GetCertHashString(HashAlgorithmName.SHA256) == connection.CertificateSha256;
    }
}
