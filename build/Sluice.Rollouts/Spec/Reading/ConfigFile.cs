using System.Collections.Immutable;
using Sluice.Rollouts.Spec.Notifications;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>What the config file says; the files that it names are not read yet.</summary>
internal sealed record ConfigFile
{
    /// <summary>The workspace.</summary>
    public required WorkspaceSpec Workspace { get; init; }

    /// <summary>The local Azure ML; null when the workspace is a real one.</summary>
    public required EmulatorSpec? Emulator { get; init; }

    /// <summary>The model's registered name.</summary>
    public required Field<string> ModelName { get; init; }

    /// <summary>What the model's folders are made of.</summary>
    public required ModelType ModelType { get; init; }

    /// <summary>The candidate; null when a deployment's file has to name it.</summary>
    public required ModelAddress? Candidate { get; init; }

    /// <summary>The baseline; null when a deployment's file may name one.</summary>
    public required ModelAddress? Baseline { get; init; }

    /// <summary>The endpoint's file; null after a mistake, as all files here.</summary>
    public required FilePath? Endpoint { get; init; }

    /// <summary>The stable deployment's file.</summary>
    public required FilePath? Blue { get; init; }

    /// <summary>The candidate deployment's file.</summary>
    public required FilePath? Green { get; init; }

    /// <summary>The steps, bakes and gates.</summary>
    public required StrategyReading Strategy { get; init; }

    /// <summary>What a rollout may do, and when.</summary>
    public required PolicySpec Policy { get; init; }

    /// <summary>Who is told of its states.</summary>
    public required ImmutableArray<NotificationSpec> Notifications { get; init; }

    /// <summary>The smoke test's file.</summary>
    public required FilePath? Sample { get; init; }

    /// <summary>The probes' file; null when the sample is the only probe.</summary>
    public required FilePath? Requests { get; init; }

    /// <summary>The traffic of a local rollout; null for none.</summary>
    public required LoadSpec? Load { get; init; }
}
