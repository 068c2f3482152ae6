namespace Sluice.Emulator.Scoring.Onnx;

/// <summary>
/// Feeds of one number of rows, to be used again: who sends batches sends most of them in one size. A batch of another size takes the
/// place of the last one's.
/// </summary>
/// <param name="create">Makes a feed for so many rows.</param>
internal sealed class BatchFeeds(Func<int, OnnxFeed> create) : IDisposable
{
    /// <summary>What is larger is not kept: its memory is worth more than the time that making it anew takes of a run.</summary>
    private const int MostRows = 10_000;

    private readonly Lock _lock = new();
    private readonly Stack<OnnxFeed> _idle = new();
    private int _rows;
    private bool _isDisposed;

    /// <summary>A feed for one run, for the caller alone until it is returned or disposed of.</summary>
    /// <param name="rows">The rows that it takes.</param>
    internal OnnxFeed Rent(int rows)
    {
        lock (_lock)
        {
            if (_rows == rows && _idle.TryPop(out var feed))
            {
                return feed;
            }
        }

        return create(rows);
    }

    /// <summary>Takes a feed back after a run that went well.</summary>
    /// <param name="feed">The feed.</param>
    /// <param name="rows">The rows that it was rented for.</param>
    internal void Return(OnnxFeed feed, int rows)
    {
        lock (_lock)
        {
            if (!_isDisposed && rows <= MostRows)
            {
                if (_rows != rows)
                {
                    DisposeIdle();
                    _rows = rows;
                }

                if (_idle.Count < Environment.ProcessorCount)
                {
                    _idle.Push(feed);
                    return;
                }
            }
        }

        feed.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            DisposeIdle();
        }
    }

    private void DisposeIdle()
    {
        while (_idle.TryPop(out var feed))
        {
            feed.Dispose();
        }
    }
}
