using System.Collections.Immutable;

namespace Sluice.Rollouts.Spec.Reading.Documents;

/// <summary>Collects the entries of a map and reports a key that occurs twice; the first one stays.</summary>
/// <param name="place">Where the map starts.</param>
/// <param name="mistakes">Takes the mistakes.</param>
internal sealed class MapBuilder(Place place, Mistakes mistakes)
{
    private readonly ImmutableArray<SpecEntry>.Builder _entries = ImmutableArray.CreateBuilder<SpecEntry>();
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);

    /// <summary>Adds an entry.</summary>
    public void Add(SpecEntry entry)
    {
        if (_places.TryAdd(entry.Key, entry.Place))
        {
            _entries.Add(entry);
        }
        else
        {
            var first = _places[entry.Key];
            mistakes.Add(entry.Place, $"The key \"{entry.Key}\" is written twice, first in line {first.Line}; once is allowed.");
        }
    }

    /// <summary>Adds the entries of a YAML merge (<c>&lt;&lt;</c>) that the map does not have itself.</summary>
    public void Merge(SpecMap other)
    {
        foreach (var entry in other.Entries)
        {
            if (_places.TryAdd(entry.Key, entry.Place))
            {
                _entries.Add(entry);
            }
        }
    }

    /// <summary>The map.</summary>
    public SpecMap Build() => new(place, _entries.ToImmutable());
}
