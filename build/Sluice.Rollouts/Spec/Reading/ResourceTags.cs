using System.Collections.Immutable;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>
/// A person's own tags on an endpoint or a deployment, held to ARM's limits (documentation: "Use tags to organize your Azure resources and
/// management hierarchy", limitations), which leave room for those that a rollout adds.
/// </summary>
internal static class ResourceTags
{
    private const int Most = 50;
    private const int LongestValue = 256;

    private static readonly Format<string> Name = Formats.Matching(
        @"a name of 1 to 512 characters, without < > % & \ ? / and control characters", @"^[^<>%&\\?/\x00-\x1f\x7f-\x9f]{1,512}$");

    private static readonly Format<string> Value = Formats.FreeValue with
    {
        Allowed = $"a text of at most {LongestValue} characters",
        IsAllowed = value => value.Length <= LongestValue,
    };

    /// <summary>Reads the key <c>tags</c>.</summary>
    /// <param name="map">The map of the resource.</param>
    /// <param name="ofRollout">The names of the tags that a rollout writes itself.</param>
    public static ImmutableSortedDictionary<string, string> Read(MapReader map, ImmutableSortedSet<string> ofRollout)
    {
        var tags = map.Names("tags", Value, Name);
        if (tags.Keys.Intersect(ofRollout, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } taken)
        {
            map.Mistake("tags", $"{map.PathOf("tags")} has {taken}, which a rollout writes itself; allowed: names of your own.");
        }

        if (tags.Count > Most - ofRollout.Count)
        {
            map.Mistake(
                "tags",
                $"{map.PathOf("tags")} has {tags.Count} tags; allowed: at most {Most - ofRollout.Count}, for Azure keeps {Most}, and a rollout adds up to {ofRollout.Count}.");
        }

        return tags;
    }
}
