using System.Net;
using System.Net.Sockets;

namespace Sluice.IntegrationTests.EndToEnd;

/// <summary>
/// A TCP relay on loopback that counts what clients send, and that stalls for good once a limit is reached: a line that goes dead in the
/// middle of an upload, at a byte instead of at a time.
/// </summary>
public sealed class MeteredRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _stalled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _target;
    private readonly long _limit;
    private readonly Task _accepting;
    private long _sent;

    /// <summary>Starts a relay.</summary>
    /// <param name="target">The port on loopback that it leads to.</param>
    /// <param name="limit">The bytes after which nothing that clients send is passed on.</param>
    public MeteredRelay(int target, long limit = long.MaxValue)
    {
        (_target, _limit) = (target, limit);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>The port that clients dial.</summary>
    public int Port { get; }

    /// <summary>The bytes that clients sent and that were passed on.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Ends when the limit is reached.</summary>
    public Task Stalled => _stalled.Task;

    /// <summary>Closes all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(RelayAsync(await _listener.AcceptSocketAsync(_end.Token)));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task RelayAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using (client)
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target, _end.Token);
                await Task.WhenAny(CopyAsync(client, server, isCounted: true), CopyAsync(server, client, isCounted: false));
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException)
            {
                // One of the two has gone.
            }
        }
    }

    private async Task CopyAsync(Socket from, Socket to, bool isCounted)
    {
        var buffer = new byte[32 * 1024];
        try
        {
            for (int read; (read = await from.ReceiveAsync(buffer, _end.Token)) > 0;)
            {
                if (isCounted && Interlocked.Add(ref _sent, read) > _limit)
                {
                    Interlocked.Add(ref _sent, -read);
                    _stalled.TrySetResult();
                    continue;
                }

                await to.SendAsync(buffer.AsMemory(0, read), _end.Token);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The other way ends with this one.
        }
    }
}
