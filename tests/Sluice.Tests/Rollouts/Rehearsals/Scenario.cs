using System.Collections.Immutable;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Tests.Rollouts.Rehearsals;

/// <summary>A random rehearsal: what is wanted, what is there, and what goes wrong.</summary>
/// <param name="Spec">What is wanted.</param>
/// <param name="Initial">What is there.</param>
/// <param name="Stages">What is run.</param>
/// <param name="Disturbances">What somebody else does meanwhile.</param>
/// <param name="Outages">What is not answered.</param>
/// <param name="Death">Where the process dies, in thousandths of its calls; of use to whoever lets it die.</param>
internal sealed record Scenario(
    RolloutSpec Spec,
    WorkspaceState Initial,
    ImmutableArray<Stage> Stages,
    ImmutableArray<Disturbance> Disturbances,
    ImmutableArray<Outage> Outages,
    int Death)
{
    public Rehearsal Rehearse()
    {
        var rehearsal = new Rehearsal(Spec) { Workspace = { State = Initial } };
        rehearsal.Scoring.Answers = (deployment, request) => !Outages.Any(outage => outage.Covers(deployment, request));
        rehearsal.Workspace.OnCall = call => Disturb(rehearsal.Workspace, call);
        return rehearsal;
    }

    public override string ToString() => $"""
        candidate {Spec.Model.Candidate.Title}, baseline {Spec.Model.Baseline?.Title ?? "none"}, {Spec.Strategy.Gate}, retain {Spec.Strategy.Retain},
        steps {string.Join(", ", Spec.Strategy.Steps)}, final bake {Spec.Strategy.FinalBake}
        {Picture.Of(Initial)}
        mark {Initial.Endpoint?.Mark?.ToString() ?? "none"}
        stages {string.Join(", ", Stages)}
        disturbances {string.Join(", ", Disturbances)}
        outages {string.Join(", ", Outages)}, death at {Death} ‰
        """;

    private void Disturb(InMemoryWorkspace workspace, Call call)
    {
        foreach (var disturbance in Disturbances.Where(each => each.Call == call.Number))
        {
            if (workspace.State.Endpoint is { } endpoint)
            {
                workspace.Endpoint = disturbance.Change(endpoint);
            }
        }
    }
}
