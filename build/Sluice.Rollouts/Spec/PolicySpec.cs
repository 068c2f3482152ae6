using System.Collections.Immutable;

namespace Sluice.Rollouts.Spec;

/// <summary>What a rollout may do, and when. It holds a rollout; it never takes one back.</summary>
public sealed record PolicySpec
{
    /// <summary>Everything is allowed at all times.</summary>
    public static PolicySpec None { get; } = new();

    /// <summary>The time zone whose wall clock the windows are read on.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Windows in which nothing is brought forward.</summary>
    public ImmutableArray<Window> Freeze { get; init; } = [];

    /// <summary>Windows outside of which nothing is brought forward; empty allows all times.</summary>
    public ImmutableArray<Window> Allow { get; init; } = [];

    /// <summary>Whether a run waits for the next opening, and watches the candidate meanwhile; otherwise it ends as held.</summary>
    public bool WaitsForWindow { get; init; }

    /// <summary>The most percent points that the candidate's weight rises by in one write, 1 to 100.</summary>
    public int MaximumStep { get; init; } = 100;

    /// <summary>How many people must have approved.</summary>
    public ApprovalsSpec Approvals { get; init; } = new(Canary: 0, Promote: 0);

    /// <summary>All windows.</summary>
    public IEnumerable<Window> Windows => Freeze.Concat(Allow);

    /// <summary>
    /// Whether changes are open while the clock reads that: no freeze is on, and an allowed window is, where there are any.
    /// </summary>
    public bool IsOpen(DateTime wall) =>
        !Freeze.Any(window => window.Covers(wall)) && (Allow.IsEmpty || Allow.Any(window => window.Covers(wall)));
}
