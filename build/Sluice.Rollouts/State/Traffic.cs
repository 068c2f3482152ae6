using System.Collections.Immutable;

namespace Sluice.Rollouts.State;

/// <summary>
/// A traffic map: deployment name → whole percent of the requests. Names are lower case and zero entries are absent, as
/// the service answers; so two maps that mean the same are equal.
/// </summary>
public sealed class Traffic : IEquatable<Traffic>
{
    private readonly ImmutableSortedDictionary<string, int> _percents;

    private Traffic(ImmutableSortedDictionary<string, int> percents) => _percents = percents;

    /// <summary>The map that names nobody.</summary>
    public static Traffic None { get; } = new(ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal));

    /// <summary>The deployments with a weight above 0, in the order of their names.</summary>
    public IEnumerable<string> Deployments => _percents.Keys;

    /// <summary>The map itself; no entry is 0.</summary>
    public IReadOnlyDictionary<string, int> Percents => _percents;

    /// <summary>The weights together: 0 when nobody is served, 100 when everybody is.</summary>
    public int Sum => _percents.Values.Sum();

    /// <summary>Whether no deployment has a weight.</summary>
    public bool IsNone => _percents.IsEmpty;

    /// <summary>The only deployment with a weight, when that weight is 100; otherwise null.</summary>
    public string? Sole => _percents is { Count: 1 } && Sum == 100 ? _percents.Keys.First() : null;

    /// <summary>A deployment's weight in percent; 0 when the map does not name it.</summary>
    public int this[string deployment] => _percents.GetValueOrDefault(deployment.ToLowerInvariant());

    /// <summary>A map of the given entries; zeros are left out.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A weight is below 0 or above 100.</exception>
    public static Traffic Of(IEnumerable<KeyValuePair<string, int>> percents)
    {
        var normal = None._percents.ToBuilder();
        foreach (var (deployment, percent) in percents)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(percent, deployment);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100, deployment);
            if (percent > 0)
            {
                normal[deployment.ToLowerInvariant()] = percent;
            }
        }

        return normal.Count == 0 ? None : new Traffic(normal.ToImmutable());
    }

    /// <summary>All traffic to one deployment.</summary>
    public static Traffic AllTo(string deployment) => Of([new(deployment, 100)]);

    /// <summary>The candidate's weight, and the rest to the stable deployment.</summary>
    /// <param name="stable">The deployment that gets 100 − <paramref name="weight"/>.</param>
    /// <param name="candidate">The deployment that gets <paramref name="weight"/>.</param>
    /// <param name="weight">Percent, 0 to 100.</param>
    public static Traffic Split(string stable, string candidate, int weight) =>
        Of([new(stable, 100 - weight), new(candidate, weight)]);

    /// <inheritdoc/>
    public bool Equals(Traffic? other) => other is not null && _percents.SequenceEqual(other._percents);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Traffic);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var (deployment, percent) in _percents)
        {
            hash.Add(deployment, StringComparer.Ordinal);
            hash.Add(percent);
        }

        return hash.ToHashCode();
    }

    /// <summary>The map as people write it: <c>default 90 %, green-2 10 %</c>, or <c>no traffic</c>.</summary>
    public override string ToString() =>
        IsNone ? "no traffic" : string.Join(", ", _percents.Select(entry => $"{entry.Key} {entry.Value} %"));
}
