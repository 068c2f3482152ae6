using System.Collections.Immutable;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Planning.Guidance;
using Sluice.Rollouts.Spec.Notifications;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Notifications;

/// <summary>What there is to tell of a rollout's state.</summary>
internal sealed record Notice
{
    /// <summary>The state.</summary>
    public required NotifiedState State { get; init; }

    /// <summary>
    /// The state with what it is about, in words that stay the same however often a rollout is looked at in it. People are told of each one
    /// once in a rollout.
    /// </summary>
    public required string Occasion { get; init; }

    /// <summary>The rollout's id.</summary>
    public required string Rollout { get; init; }

    /// <summary>The workspace.</summary>
    public required string Workspace { get; init; }

    /// <summary>The endpoint.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The model.</summary>
    public required string Model { get; init; }

    /// <summary>The deployment that served before; null while nothing does.</summary>
    public string? Stable { get; init; }

    /// <summary>The deployment that is to serve, or does; null while its version is not registered.</summary>
    public string? Candidate { get; init; }

    /// <summary>The candidate's version of the model; null while it has none.</summary>
    public string? CandidateVersion { get; init; }

    /// <summary>The live traffic at the last look.</summary>
    public required Traffic Traffic { get; init; }

    /// <summary>Why, in sentences.</summary>
    public required string Why { get; init; }

    /// <summary>What the gates said when they were asked last; empty when they never were.</summary>
    public required ImmutableArray<GateReport> Gates { get; init; }

    /// <summary>Who runs: the URL of the pipeline's run and who started that, or a person and a machine.</summary>
    public required string Actor { get; init; }

    /// <summary>The pipeline's run; null on somebody's machine.</summary>
    public Uri? Run { get; init; }

    /// <summary>When it was found.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What a person may do next.</summary>
    public required NextSteps Next { get; init; }

    /// <summary>The state in words.</summary>
    public string StateInWords => State switch
    {
        NotifiedState.RolledBack => "rolled back",
        _ => State.ToString().ToLowerInvariant(),
    };
}
