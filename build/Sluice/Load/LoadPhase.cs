using System.Collections.Immutable;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.State;

namespace Sluice.Load;

/// <summary>What the callers saw while one traffic map was in force.</summary>
/// <param name="Traffic">The map; null while the service was changing it, when answers may come by the old or the new one.</param>
/// <param name="Answers">Answers by deployment; failed ones are not among them.</param>
/// <param name="Failed">Requests without a successful answer.</param>
internal sealed record LoadPhase(Traffic? Traffic, ImmutableSortedDictionary<string, int> Answers, int Failed)
{
    /// <summary>The map of mirrored traffic beside it.</summary>
    public Traffic Mirrored { get; init; } = Traffic.None;

    /// <summary>Requests in all.</summary>
    public int Sent => Answers.Values.Sum() + Failed;

    /// <summary>Who answered how many of them, in words, and how many failed; the numbers sum to all that were sent.</summary>
    /// <param name="phases">The phases that are told as one.</param>
    public static string Words(IReadOnlyCollection<LoadPhase> phases)
    {
        var answers = phases.SelectMany(phase => phase.Answers).GroupBy(entry => entry.Key, entry => entry.Value).Select(group => $"{group.Key} {group.Sum()}");
        var failed = phases.Sum(phase => phase.Failed);
        return string.Join(", ", failed > 0 ? answers.Append($"failed {failed}") : answers);
    }

    /// <summary>A phase in which nothing was sent yet.</summary>
    public static LoadPhase Of(Traffic? traffic) => new(traffic, ImmutableSortedDictionary<string, int>.Empty, 0);

    /// <summary>The phase with one more request.</summary>
    public LoadPhase With(ScoringAnswer answer) => answer.IsSuccess
        ? this with { Answers = Answers.SetItem(answer.Deployment ?? "unknown", Answers.GetValueOrDefault(answer.Deployment ?? "unknown") + 1) }
        : this with { Failed = Failed + 1 };
}
