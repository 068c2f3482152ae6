using System.Collections.Immutable;

namespace Sluice.Rollouts.Spec.Reading.Documents;

/// <summary>A map of keys to values; each key occurs once.</summary>
/// <param name="Place">Where it starts.</param>
/// <param name="Entries">The entries in the order in which they are written.</param>
internal sealed record SpecMap(Place Place, ImmutableArray<SpecEntry> Entries) : SpecNode(Place)
{
    /// <inheritdoc/>
    public override string Found => "a map";

    /// <summary>A map with nothing in it.</summary>
    public static SpecMap Empty(Place place) => new(place, []);

    /// <summary>The entry of a key; null when the key is not there or its value is null.</summary>
    public SpecEntry? Find(string key)
    {
        foreach (var entry in Entries)
        {
            if (entry.Key == key)
            {
                return entry.Value is SpecScalar { IsNull: true } ? null : entry;
            }
        }

        return null;
    }
}
