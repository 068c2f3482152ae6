using Sluice.AzureML.Waiting;

namespace Sluice.AzureML.Uploads;

/// <summary>Adds up how far the pieces are that are uploaded side by side. The sum only rises, and ends at the whole.</summary>
internal sealed class UploadProgress(LongCall call, long totalBytes)
{
    private readonly Lock _lock = new();
    private long _bytes;

    /// <summary>Counts a piece that is there already.</summary>
    public void Skip(long bytes) => Add(bytes);

    /// <summary>Begins a piece.</summary>
    /// <param name="bytes">Its size.</param>
    public Piece Begin(long bytes) => new(this, bytes);

    private void Add(long bytes)
    {
        // Reported within the lock, so that the numbers arrive in order.
        lock (_lock)
        {
            _bytes += bytes;
            call.ReportUpload(_bytes, totalBytes);
        }
    }

    /// <summary>A piece that is being sent. Where it is sent anew after a failure, it counts on from the furthest it was.</summary>
    internal sealed class Piece(UploadProgress all, long bytes) : IProgress<long>
    {
        private readonly Lock _lock = new();
        private long _furthest;

        /// <summary>The bytes sent so far, of this try.</summary>
        public void Report(long value)
        {
            lock (_lock)
            {
                var step = Math.Min(value, bytes) - _furthest;
                if (step > 0)
                {
                    _furthest += step;
                    all.Add(step);
                }
            }
        }

        /// <summary>The piece is there.</summary>
        public void Complete() => Report(bytes);
    }
}
