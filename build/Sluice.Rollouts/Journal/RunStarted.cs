using System.Text.Json.Serialization;
using Sluice.Rollouts.Planning;

namespace Sluice.Rollouts.Journal;

/// <summary>A process took the lock on the endpoint, and is about to run stages.</summary>
/// <param name="Time">When.</param>
/// <param name="Stages">The stages, in their order.</param>
/// <param name="Candidate">What is to go live, by content: the digest of a folder, or the name and version of a registered model.</param>
/// <param name="Process">The process.</param>
/// <param name="Unfinished">The run before, in words, when it has not ended: it died, or the lock was taken from it. Null when it has ended.</param>
public sealed record RunStarted(
    DateTimeOffset Time,
    IReadOnlyList<Stage> Stages,
    string Candidate,
    RunningProcess Process,
    string? Unfinished) : JournalEvent(Time)
{
    /// <summary>The commit that the run was made from, in hex; null where nobody knows it, and in journals of earlier releases.</summary>
    public string? Commit { get; init; }

    /// <summary>What the run was configured to do, for people; null in journals of earlier releases.</summary>
    public IReadOnlyList<ConfigurationFact>? Configuration { get; init; }

    /// <summary>Whether it only tries the rollout out, on a workspace that nobody uses. Journals of earlier releases do not say so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsRehearsal { get; init; }

    /// <summary>Whether it does nothing but roll back, and so overrides whatever else goes on.</summary>
    [JsonIgnore]
    public bool IsRollback => Stages is [Stage.Rollback];

    /// <summary>Whether it is an attempt to bring the candidate live, or a part of one.</summary>
    [JsonIgnore]
    public bool IsOfRollout => Stages.Any(stage => Line.Rollout.Contains(stage));
}
