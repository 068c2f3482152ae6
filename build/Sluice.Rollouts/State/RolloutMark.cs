using System.Collections.Immutable;
using System.Text.Json;

namespace Sluice.Rollouts.State;

/// <summary>
/// What a rollout writes into the endpoint's tags, so that a person in the portal and the next stage on a fresh agent know
/// it. It is written in the same call as the traffic it speaks of.
/// </summary>
/// <param name="RolloutId">The attempt's id.</param>
/// <param name="Stable">The deployment that served before the attempt.</param>
/// <param name="Candidate">The deployment that is to replace it.</param>
/// <param name="Status">How far it got.</param>
public sealed record RolloutMark(string RolloutId, string Stable, string Candidate, RolloutStatus Status)
{
    private const string RolloutTag = "sluice-rollout";
    private const string StableTag = "sluice-stable";
    private const string CandidateTag = "sluice-candidate";
    private const string StatusTag = "sluice-status";

    /// <summary>The tags that a mark is written in.</summary>
    public static ImmutableSortedSet<string> Names { get; } = [RolloutTag, StableTag, CandidateTag, StatusTag];

    /// <summary>Whether the rollout is under way, so that both deployments must stay.</summary>
    public bool IsOpen => Status is RolloutStatus.Shadow or RolloutStatus.Canary or RolloutStatus.Passed or RolloutStatus.FinalBake;

    /// <summary>The deployment that a rollout which is over has left serving, or that one under way goes back to.</summary>
    public string Serving => Status == RolloutStatus.Completed ? Candidate : Stable;

    /// <summary>The mark in an endpoint's tags; null when there is none, or one that is not whole.</summary>
    public static RolloutMark? Read(IReadOnlyDictionary<string, string> tags) =>
        tags.TryGetValue(RolloutTag, out var id)
        && tags.TryGetValue(StableTag, out var stable)
        && tags.TryGetValue(CandidateTag, out var candidate)
        && tags.TryGetValue(StatusTag, out var text)
        && ParseStatus(text) is { } status
            ? new RolloutMark(id, stable, candidate, status)
            : null;

    /// <summary>The tags with this mark in them; all other tags stay.</summary>
    public ImmutableSortedDictionary<string, string> WriteTo(ImmutableSortedDictionary<string, string> tags) => tags
        .SetItem(RolloutTag, RolloutId)
        .SetItem(StableTag, Stable)
        .SetItem(CandidateTag, Candidate)
        .SetItem(StatusTag, Text(Status));

    /// <summary>The mark in words.</summary>
    public override string ToString() => $"{RolloutId} of {Candidate} in place of {Stable}: {Status}";

    private static string Text(RolloutStatus status) => JsonNamingPolicy.KebabCaseLower.ConvertName(status.ToString());

    private static RolloutStatus? ParseStatus(string text) =>
        Enum.GetValues<RolloutStatus>().Cast<RolloutStatus?>().FirstOrDefault(status => Text(status!.Value) == text);
}
