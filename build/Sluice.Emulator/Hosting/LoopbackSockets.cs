using System.Net;
using System.Net.Sockets;

namespace Sluice.Emulator.Hosting;

/// <summary>
/// Listening sockets on 127.0.0.1 and, where the machine has it, on [::1], both with the same port. They are bound here and
/// handed to the web server, so that no other process can take the port in between.
/// </summary>
internal sealed class LoopbackSockets
{
    private const int Attempts = 20;
    private readonly Dictionary<EndPoint, Socket> _sockets;

    private LoopbackSockets(int port, Dictionary<EndPoint, Socket> sockets)
    {
        Port = port;
        _sockets = sockets;
    }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>The addresses that are bound.</summary>
    public IEnumerable<IPEndPoint> EndPoints => _sockets.Keys.Cast<IPEndPoint>();

    /// <summary>Binds the wanted port; with 0 the preferred one if it is free, otherwise any.</summary>
    /// <exception cref="IOException">The wanted port is taken.</exception>
    public static LoopbackSockets Bind(int wanted, int preferred)
    {
        if (wanted != 0)
        {
            return TryBind(wanted) ?? throw new IOException(
                $"Port {wanted} on loopback is taken by another program; choose another port, or 0 for a free one.");
        }

        if (preferred != 0 && TryBind(preferred) is { } again)
        {
            return again;
        }

        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (TryBind(0) is { } free)
            {
                return free;
            }
        }

        throw new IOException($"No port is free on both 127.0.0.1 and [::1] ({Attempts} attempts).");
    }

    /// <summary>Gives the socket of an address away, once.</summary>
    public Socket Take(EndPoint endPoint) =>
        _sockets.TryGetValue(endPoint, out var socket) ? socket : throw new InvalidOperationException($"{endPoint} is not bound here.");

    private static LoopbackSockets? TryBind(int port)
    {
        var sockets = new Dictionary<EndPoint, Socket>();
        try
        {
            foreach (var address in Addresses())
            {
                var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                try
                {
                    socket.Bind(new IPEndPoint(address, port));
                }
                catch (SocketException fault) when (fault.SocketErrorCode == SocketError.AddressNotAvailable && sockets.Count > 0)
                {
                    // IPv6 is compiled in but switched off.
                    socket.Dispose();
                    continue;
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }

                port = ((IPEndPoint)socket.LocalEndPoint!).Port;
                sockets.Add(new IPEndPoint(address, port), socket);
            }

            return new LoopbackSockets(port, sockets);
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            foreach (var socket in sockets.Values)
            {
                socket.Dispose();
            }

            return null;
        }
    }

    private static IEnumerable<IPAddress> Addresses()
    {
        yield return IPAddress.Loopback;
        if (Socket.OSSupportsIPv6)
        {
            yield return IPAddress.IPv6Loopback;
        }
    }
}
