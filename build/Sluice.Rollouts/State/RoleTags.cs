using System.Collections.Immutable;

namespace Sluice.Rollouts.State;

/// <summary>The tags that say, on a deployment and on a model version, who made it and of what.</summary>
public static class RoleTags
{
    /// <summary>The tag with the content hash of the model folder.</summary>
    public const string Digest = "sluice-digest";

    /// <summary>The tag on a deployment that a rollout made: <c>baseline</c> or <c>candidate</c>.</summary>
    public const string Role = "sluice-role";

    /// <summary>Whether a rollout made this deployment, and Cleanup may thus delete it once it is retired.</summary>
    public static bool AreOurs(IReadOnlyDictionary<string, string> tags) => tags.ContainsKey(Role);

    /// <summary>The tags of a deployment that a rollout makes.</summary>
    /// <param name="role"><c>baseline</c> or <c>candidate</c>.</param>
    /// <param name="digest">The model folder's content hash; null when it is not known.</param>
    public static ImmutableSortedDictionary<string, string> For(string role, string? digest)
    {
        var tags = ImmutableSortedDictionary<string, string>.Empty.Add(Role, role);
        return digest is null ? tags : tags.Add(Digest, digest);
    }
}
