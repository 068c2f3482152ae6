using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning;

/// <summary>
/// What must hold for every write, whatever the planner says. Checked right before each action; written apart from the
/// planner, so that a mistake there is caught here.
/// </summary>
public static class Invariants
{
    /// <summary>The service's limit on mirrored traffic, in percent.</summary>
    private const int MostMirrored = 50;

    /// <summary>The sentence that says which invariant the action would break; null when it breaks none.</summary>
    public static string? Violation(Situation situation, RolloutAction action) => (action, situation.State.Endpoint) switch
    {
        (SetTraffic shift, { } endpoint) => OfTraffic(situation, endpoint, shift),
        (DeleteDeployment delete, { } endpoint) => OfDeletion(situation, endpoint, delete.Deployment),
        (SetTraffic or DeleteDeployment, null) => $"There is no endpoint to {action}.",
        _ => null,
    } ?? OfTime(situation, action);

    /// <summary>
    /// What the workspace does not show of an action that was applied, as the end of a sentence; null when it shows all of it.
    /// A changed traffic map is not judged here: it is somebody else's, and the planner's to decide on.
    /// </summary>
    public static string? Missing(WorkspaceState state, RolloutAction action) => (action, state.Endpoint) switch
    {
        (RegisterModel register, _) when state.VersionOf(register.Folder) is null =>
            $"no version of {register.Model} has the digest {register.Folder.Digest}",
        (RegisterModel { Beside: { } create }, _) => Missing(state, create),
        (CreateEndpoint create, not { State: ProvisioningState.Succeeded }) =>
            $"endpoint {create.Endpoint.Name} is {state.Endpoint?.State.ToString() ?? "not there"}",
        (CreateDeployment create, var endpoint) when endpoint?.Deployment(create.Name) is not { IsReady: true } =>
            $"deployment {create.Name} is {endpoint?.Deployment(create.Name)?.State.ToString() ?? "not there"}",
        (SetMark mark, var endpoint) when endpoint?.Mark != mark.Mark => $"the mark is [{endpoint?.Mark?.ToString() ?? "none"}]",
        (DeleteDeployment delete, { } endpoint) when endpoint.Deployment(delete.Deployment) is { } left =>
            $"deployment {left.Name} is {left.State}",
        (DeleteEndpoint, { } left) => $"endpoint {left.Name} is {left.State}",
        _ => null,
    };

    /// <summary>What makes, deletes or raises something keeps to the windows; what takes the candidate back never has to.</summary>
    private static string? OfTime(Situation situation, RolloutAction action)
    {
        var goesBack = situation.RollbackTo is not null || action is SetTraffic { Mark.Status: RolloutStatus.RolledBack };
        if (goesBack || action is not (SetTraffic or CreateDeployment or DeleteDeployment or DeleteEndpoint))
        {
            return null;
        }

        var policy = situation.Spec.Policy;
        var wall = TimeZoneInfo.ConvertTime(situation.Now, policy.TimeZone).DateTime;
        return policy.Freeze.FirstOrDefault(window => window.Covers(wall)) is { } freeze ? $"The freeze \"{freeze.Name}\" is on."
            : policy.Allow.Length > 0 && policy.Allow.All(window => !window.Covers(wall)) ? "No allowed window is open."
            : null;
    }

    private static string? OfTraffic(Situation situation, EndpointState endpoint, SetTraffic shift)
    {
        if (shift.Wanted.Sum != 100)
        {
            return $"Traffic must sum to 100 %; [{shift.Wanted}] sums to {shift.Wanted.Sum} %.";
        }

        if (shift.Wanted.Deployments.FirstOrDefault(name => endpoint.Deployment(name) is not { IsReady: true }) is { } unfit)
        {
            return $"Traffic must not name {unfit}, which is {endpoint.Deployment(unfit)?.State.ToString() ?? "not there"}.";
        }

        if (!shift.Expected.Equals(endpoint.Traffic))
        {
            return $"The traffic is [{endpoint.Traffic}], not [{shift.Expected}] as the plan expects.";
        }

        if (shift.Mirror is { } mirror)
        {
            var unfitMirror = mirror.Deployments.FirstOrDefault(name => endpoint.Deployment(name) is not { IsReady: true } || shift.Wanted[name] > 0);
            if (unfitMirror is not null || mirror.Sum > MostMirrored)
            {
                return $"Mirrored traffic [{mirror}] must go to a deployment that is up and has no traffic, and be at most {MostMirrored} %.";
            }
        }

        return shift.Mark is { IsOpen: true } mark && shift.Wanted[mark.Candidate] > endpoint.Traffic[mark.Candidate]
            ? OfRise(situation, endpoint, mark, shift.Wanted[mark.Candidate])
            : null;
    }

    private static string? OfRise(Situation situation, EndpointState endpoint, RolloutMark mark, int weight)
    {
        var (rise, most) = (weight - endpoint.Traffic[mark.Candidate], situation.Spec.Policy.MaximumStep);
        if (rise > most)
        {
            return $"The weight of {mark.Candidate} must not rise by {rise} percent points at once; the policy allows {most}.";
        }

        bool Lacks(ApprovalScope scope) => situation.History.ApprovalsOf(scope).Count < situation.Spec.Policy.Approvals.Of(scope);
        if ((endpoint.Traffic[mark.Candidate] == 0 && Lacks(ApprovalScope.Canary)) || (weight == 100 && Lacks(ApprovalScope.Promote)))
        {
            return $"The weight of {mark.Candidate} must not rise to {weight} % without the approvals that the policy asks for.";
        }

        var decisive = situation.Spec.Strategy.AllGates.Where(gate => !gate.ObserveOnly).Select(gate => gate.Name).ToHashSet(StringComparer.Ordinal);
        if (situation.History.Judged?.Reports.FirstOrDefault(report => report.Kind == VerdictKind.Fail && decisive.Contains(report.Gate)) is { } failed)
        {
            return $"The weight of {mark.Candidate} must not rise: gate {failed.Gate} says Fail: {failed.Sentence}.";
        }

        // A run that goes on amid a step of mirrored traffic needs no smoke test: there are probes.
        var probes = ErrorRateGate.Judge(situation.Spec.Strategy.Gate, situation.History.ProbesOf(mark.Candidate));
        var evidence = endpoint.Traffic[mark.Candidate] > 0 ? probes
            : situation.History.SmokeTestOf(mark.Candidate) ?? (endpoint.MirrorTraffic[mark.Candidate] > 0 ? probes : null);
        var passedEarlier = endpoint.Mark is { Status: RolloutStatus.Passed } before && before.Candidate == mark.Candidate;
        return evidence is { Kind: VerdictKind.Pass } || (passedEarlier && evidence is not { Kind: VerdictKind.Fail })
            ? null
            : $"The weight of {mark.Candidate} must not rise without a Pass: {evidence?.Sentence ?? "nothing was measured"}.";
    }

    private static string? OfDeletion(Situation situation, EndpointState endpoint, string deployment)
    {
        if (endpoint.Traffic[deployment] > 0 || endpoint.MirrorTraffic[deployment] > 0)
        {
            return $"Deployment {deployment} has traffic ([{endpoint.Traffic}], mirrored [{endpoint.MirrorTraffic}]) and must not be deleted.";
        }

        return situation.KnownMark is { IsOpen: true } mark && mark.Stable == deployment
            ? $"Deployment {deployment} is the stable one, and the rollout of {mark.Candidate} is not over."
            : null;
    }
}
