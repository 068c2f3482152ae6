using System.Collections.Concurrent;

namespace Sluice.AzureML.Uploads;

/// <summary>
/// The memory of an upload: as many buffers as there are transfers at once, each made when it is needed first. Whoever wants to send
/// takes one and waits while none is free, so that files of any size and number are sent in the same memory.
/// </summary>
/// <param name="count">The number of buffers.</param>
/// <param name="size">The size of each in bytes.</param>
internal sealed class TransferBuffers(int count, int size) : IDisposable
{
    private readonly SemaphoreSlim _free = new(count, count);
    private readonly ConcurrentBag<byte[]> _made = [];

    /// <summary>Does something with a buffer.</summary>
    public async Task UseAsync(Func<byte[], Task> use, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        var buffer = _made.TryTake(out var made) ? made : new byte[size];
        try
        {
            await use(buffer);
        }
        finally
        {
            _made.Add(buffer);
            _free.Release();
        }
    }

    public void Dispose() => _free.Dispose();
}
