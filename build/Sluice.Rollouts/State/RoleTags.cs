using System.Collections.Immutable;
using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.State;

/// <summary>The tags that say, on a deployment and on a model version, what for and of what a rollout made it.</summary>
public static class RoleTags
{
    /// <summary>The tag with the content hash of the model folder.</summary>
    public const string Digest = "sluice-digest";

    /// <summary>The tag with what became of a candidate, for people who look at the deployment.</summary>
    public const string Verdict = "sluice-verdict";

    /// <summary>The verdict on a candidate that a rollout took back, or a person.</summary>
    public const string Rejected = "rejected";

    /// <summary>The verdict on a rejected candidate that gets another try.</summary>
    public const string Retried = "retried";

    private const string RoleTag = "sluice-role";

    /// <summary>The tags that a rollout writes on a deployment.</summary>
    public static ImmutableSortedSet<string> Names { get; } = [Digest, Verdict, RoleTag, .. SpecDigest.Names];

    /// <summary>Whether a rollout made this deployment, and Cleanup may thus delete it once it is retired.</summary>
    public static bool AreOurs(IReadOnlyDictionary<string, string> tags) => RoleIn(tags) is not null;

    /// <summary>Whether the candidate was rejected, as far as the deployment's tags tell.</summary>
    public static bool AreOfRejected(IReadOnlyDictionary<string, string> tags) => tags.TryGetValue(Verdict, out var verdict) && verdict == Rejected;

    /// <summary>The tags of a model version that a rollout registers.</summary>
    public static ImmutableSortedDictionary<string, string> OfVersion(string digest) =>
        ImmutableSortedDictionary<string, string>.Empty.Add(Digest, digest);

    /// <summary>What a rollout made the deployment for; null when none made it.</summary>
    public static Role? RoleIn(IReadOnlyDictionary<string, string> tags) => tags.GetValueOrDefault(RoleTag) is not { } role ? null
        : role == Text(Role.Baseline) ? Role.Baseline
        : Role.Candidate;

    /// <summary>The tags of a deployment that a rollout makes.</summary>
    /// <param name="spec">What it is made from; the person's own tags in it stay.</param>
    /// <param name="role">What it is made for.</param>
    /// <param name="digest">The model folder's content hash; null when it is not known.</param>
    public static ImmutableSortedDictionary<string, string> OfDeployment(DeploymentSpec spec, Role role, string? digest)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var tags = SpecDigest.Of(spec).WriteTo(spec.Tags).SetItem(RoleTag, Text(role));
        return digest is null ? tags : tags.SetItem(Digest, digest);
    }

    private static string Text(Role role) => role.ToString().ToLowerInvariant();
}
