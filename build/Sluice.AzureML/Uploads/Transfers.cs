using System.Collections.Concurrent;

namespace Sluice.AzureML.Uploads;

/// <summary>
/// Limits how many transfers run at once, and gives each that needs one a reusable buffer: files of any size and number are sent in the same
/// memory.
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
