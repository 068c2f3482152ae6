using Sluice.AzureML.Waiting;

namespace Sluice.AzureML.Uploads;

/// <summary>Adds up how far the files are that are uploaded side by side.</summary>
internal sealed class UploadProgress(LongCall call, long totalBytes)
{
    private readonly Lock _lock = new();
    private long _bytes;

    /// <summary>Receives the bytes of one file so far. A retried block may set them back.</summary>
    public IProgress<long> OfFile() => new FileProgress(this);

    private void Add(long bytes)
    {
        // Reported within the lock, so that the numbers arrive in order.
        lock (_lock)
        {
            _bytes += bytes;
            call.ReportUpload(_bytes, totalBytes);
        }
    }

    private sealed class FileProgress(UploadProgress all) : IProgress<long>
    {
        private long _last;

        public void Report(long value) => all.Add(value - Interlocked.Exchange(ref _last, value));
    }
}
