using System.Collections.Immutable;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;

namespace Sluice.Rollouts.Reporting;

/// <summary>One process that worked on a rollout.</summary>
/// <param name="Started">When it took the lock.</param>
/// <param name="Ended">When it freed the lock; null when that is not written down.</param>
/// <param name="Actor">Who ran it, as the journal has it; null when that is not written down.</param>
/// <param name="Commit">The commit that it was made from; null when that is not written down.</param>
/// <param name="Stages">What it was to run.</param>
/// <param name="Outcome">How its last stage ended; null when an error or a signal ended it, or when it has not ended.</param>
public sealed record ReportedRun(
    DateTimeOffset Started, DateTimeOffset? Ended, string? Actor, string? Commit, ImmutableArray<Stage> Stages, Outcome? Outcome)
{
    /// <summary>How long it took; null when its end is not written down, or its clock was set back.</summary>
    public TimeSpan? Took => Ended - Started is { } took && took >= TimeSpan.Zero ? took : null;

    /// <summary>A run that begins.</summary>
    public static ReportedRun Of(RunStarted run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new(run.Time, null, run.Actor, run.Commit, [.. run.Stages], null);
    }

    /// <summary>The run with its end.</summary>
    public ReportedRun With(RunEnded ended)
    {
        ArgumentNullException.ThrowIfNull(ended);
        return this with { Ended = ended.Time, Outcome = ended.Outcome };
    }

    /// <summary>Who ran it, without the place; null when that is not written down.</summary>
    public string? Person => Actor is null ? null : Actors.PersonOf(Actor);
}
