using System.Collections.Concurrent;

namespace Sluice.AzureML.Uploads;

/// <summary>
/// The transfers of an upload: so many at once, whatever they carry, and a buffer for each that needs one, made when it is needed first. Files
/// of any size and number are so sent in the same memory.
/// </summary>
/// <param name="atOnce">The number of transfers at once.</param>
/// <param name="bufferSize">The size of a buffer in bytes.</param>
internal sealed class Transfers(int atOnce, int bufferSize) : IDisposable
{
    private readonly SemaphoreSlim _free = new(atOnce, atOnce);
    private readonly ConcurrentBag<byte[]> _made = [];

    /// <summary>Does a transfer when its turn has come.</summary>
    public async Task RunAsync(Func<Task> transfer, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            await transfer();
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Does a transfer, with a buffer, when its turn has come.</summary>
    public Task RunAsync(Func<byte[], Task> transfer, CancellationToken cancellationToken) => RunAsync(
        async () =>
        {
            var buffer = _made.TryTake(out var made) ? made : new byte[bufferSize];
            try
            {
                await transfer(buffer);
            }
            finally
            {
                _made.Add(buffer);
            }
        },
        cancellationToken);

    public void Dispose() => _free.Dispose();
}
