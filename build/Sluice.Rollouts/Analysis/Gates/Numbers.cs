using System.Collections.Immutable;

namespace Sluice.Rollouts.Analysis.Gates;

/// <summary>The numbers of a report, as they are gathered.</summary>
internal static class Numbers
{
    /// <summary>Numbers by name. What is not finite is left out: JSON has no word for it, and the sentence has.</summary>
    public static ImmutableSortedDictionary<string, double> Of(params ReadOnlySpan<(string Name, double Value)> numbers)
    {
        var named = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach (var (name, value) in numbers)
        {
            if (double.IsFinite(value))
            {
                named[name] = value;
            }
        }

        return named.ToImmutable();
    }
}
