namespace Sluice.Rollouts.Analysis.Samples;

/// <summary>A quantile of a sample that grows, see <see cref="NearestRank"/>. A value more takes time that grows with the logarithm of their number.</summary>
/// <param name="percent">The quantile in percent, above 0 to 100.</param>
internal sealed class RunningQuantile(int percent)
{
    // The values up to the quantile, the largest one first, and those from it on, the smallest one first.
    private readonly PriorityQueue<double, double> _upTo = new();
    private readonly PriorityQueue<double, double> _above = new();

    /// <summary>The number of values.</summary>
    public int Count => _upTo.Count + _above.Count;

    /// <summary>The quantile; there must be a value.</summary>
    public double Value => _upTo.Peek();

    /// <summary>Adds a value.</summary>
    public void Add(double value)
    {
        if (Count > 0 && value > Value)
        {
            _above.Enqueue(value, value);
        }
        else
        {
            _upTo.Enqueue(value, -value);
        }

        // With one value more the quantile moves by one place at most.
        var wanted = NearestRank.IndexOf(Count, percent) + 1;
        if (_upTo.Count < wanted)
        {
            var next = _above.Dequeue();
            _upTo.Enqueue(next, -next);
        }
        else if (_upTo.Count > wanted)
        {
            var last = _upTo.Dequeue();
            _above.Enqueue(last, last);
        }
    }
}
