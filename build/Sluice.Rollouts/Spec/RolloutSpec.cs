using System.Collections.Immutable;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Rollouts.Spec.Notifications;

namespace Sluice.Rollouts.Spec;

/// <summary>
/// What is wanted: everything one rollout needs to know, read from the config file, the <c>az ml</c> YAML files and the
/// arguments, and validated before the first call. Immutable; the planner sees nothing else of the configuration.
/// </summary>
public sealed record RolloutSpec
{
    /// <summary>The workspace that holds the model and the endpoint.</summary>
    public required WorkspaceSpec Workspace { get; init; }

    /// <summary>The model whose new version goes live.</summary>
    public required ModelSpec Model { get; init; }

    /// <summary>The online endpoint, as its YAML file describes it.</summary>
    public required EndpointSpec Endpoint { get; init; }

    /// <summary>How the first, stable deployment is made when nothing serves yet.</summary>
    public required DeploymentSpec Blue { get; init; }

    /// <summary>How the candidate's deployment is made. <see cref="DeploymentSpec.Name"/> is the prefix of its name.</summary>
    public required DeploymentSpec Green { get; init; }

    /// <summary>The steps, bakes and gates.</summary>
    public required StrategySpec Strategy { get; init; }

    /// <summary>What it may do, and when.</summary>
    public PolicySpec Policy { get; init; } = PolicySpec.None;

    /// <summary>Whether people have to approve anything of it.</summary>
    public bool AsksApproval => Policy.Approvals is not { Canary: 0, Promote: 0 } || Strategy.AllGates.Any(gate => gate is ApprovalRule);

    /// <summary>Who is told of its states.</summary>
    public ImmutableArray<NotificationSpec> Notifications { get; init; } = [];

    /// <summary>The requests that are sent as probes.</summary>
    public required ProbeSpec Probes { get; init; }

    /// <summary>The local Azure ML to start or attach to; null when the workspace is a real one.</summary>
    public EmulatorSpec? Emulator { get; init; }

    /// <summary>The traffic that flows during a local rollout; null when none is sent.</summary>
    public LoadSpec? Load { get; init; }
}
