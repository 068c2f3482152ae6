using System.Runtime.InteropServices;

namespace Sluice.Rollouts.Analysis.Samples;

/// <summary>A sample that grows, and whose quantiles are read off in between.</summary>
internal sealed class SortedSample
{
    private readonly List<double> _values = [];

    /// <summary>The number of values.</summary>
    public int Count => _values.Count;

    /// <summary>A quantile, see <see cref="NearestRank"/>; there must be a value.</summary>
    /// <param name="percent">In percent, above 0 to 100.</param>
    public double Quantile(int percent) => _values[NearestRank.IndexOf(_values.Count, percent)];

    /// <summary>Adds values, in time proportional to all that there are then: one pass from the end.</summary>
    /// <param name="values">Values in any order.</param>
    public void Add(ReadOnlySpan<double> values)
    {
        var added = values.ToArray();
        Array.Sort(added);
        var (before, next) = (_values.Count - 1, added.Length - 1);
        CollectionsMarshal.SetCount(_values, _values.Count + added.Length);
        var all = CollectionsMarshal.AsSpan(_values);
        for (var place = all.Length - 1; next >= 0; place--)
        {
            all[place] = before >= 0 && all[before] > added[next] ? all[before--] : added[next--];
        }
    }
}
