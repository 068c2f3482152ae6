using Sluice.Rollouts.Ports;
using Sluice.Rollouts.State;

namespace Sluice.Tests.Rollouts.Rehearsals;

/// <summary>
/// Holds each write of one process against the invariants, from what the service and the deployments saw; it asks neither
/// the planner, nor the rollout's own checks, nor its journal.
/// </summary>
internal sealed class InvariantWatch
{
    private readonly Rehearsal _rehearsal;
    private readonly int _firstRequestOfProcess;
    private int _firstRequestOfWeight;
    private WorkspaceState? _look;

    public InvariantWatch(Rehearsal rehearsal)
    {
        _rehearsal = rehearsal;
        _firstRequestOfProcess = _firstRequestOfWeight = rehearsal.Scoring.Requests.Count;
        rehearsal.OnLook = Look;
        rehearsal.Workspace.OnWrite = Check;
    }

    /// <summary>What was broken; a list, because an exception would look like a failed call to the rollout.</summary>
    public List<string> Broken { get; } = [];

    private void Look(WorkspaceState state)
    {
        if (state.Endpoint?.Traffic is { } now && _look?.Endpoint?.Traffic is { } before && !now.Equals(before))
        {
            _firstRequestOfWeight = _rehearsal.Scoring.Requests.Count;
        }

        _look = state;
    }

    private void Check(Write write)
    {
        if (_look?.Endpoint is not { } seen || write.Before.Endpoint is not { } there)
        {
            return;
        }

        // A person who has the whole endpoint deleted takes the traffic off with it.
        if (seen.Mark is { IsOpen: true } open && seen.Traffic[open.Candidate] > 0 && HasFailed(open.Candidate)
            && write is { Change: not TrafficChange, Name: not "delete endpoint" })
        {
            Broken.Add($"3: {open.Candidate} failed, and {write.Name} comes before its traffic is taken off.");
        }

        switch (write.Change)
        {
            case TrafficChange change:
                CheckTraffic(change, seen, there);
                _firstRequestOfWeight = _rehearsal.Scoring.Requests.Count;
                break;
            case string deployment when write.Name == "delete deployment":
                CheckDeletion(deployment, seen, there);
                break;
        }
    }

    private void CheckTraffic(TrafficChange change, EndpointState seen, EndpointState there)
    {
        if (change.Wanted.Sum != 100)
        {
            Broken.Add($"1: [{change.Wanted}] sums to {change.Wanted.Sum}.");
        }

        foreach (var name in change.Wanted.Deployments.Where(name => seen.Deployment(name) is not { State: ProvisioningState.Succeeded }))
        {
            Broken.Add($"1: [{change.Wanted}] names {name}, which was {seen.Deployment(name)?.State.ToString() ?? "not there"}.");
        }

        if (!there.Traffic.Equals(seen.Traffic) && !there.Traffic.Equals(change.Wanted))
        {
            Broken.Add($"4: [{there.Traffic}] is overwritten; what was seen is [{seen.Traffic}].");
        }

        foreach (var name in change.Wanted.Deployments.Where(name => change.Wanted[name] > seen.Traffic[name]))
        {
            var goesBack = change.Mark is not { IsOpen: true } && change.Wanted.Sole == name;
            if (!goesBack && !HasPassed(name, seen))
            {
                Broken.Add($"3: {name} rises from {seen.Traffic[name]} % to {change.Wanted[name]} % without a Pass.");
            }

            if (seen.Mark is { IsOpen: true } open && open.Candidate == name && HasFailed(name))
            {
                Broken.Add($"3: {name} rises after it failed.");
            }
        }
    }

    private void CheckDeletion(string deployment, EndpointState seen, EndpointState there)
    {
        if (there.Traffic[deployment] > 0 || there.MirrorTraffic[deployment] > 0)
        {
            Broken.Add($"2: {deployment} is deleted with traffic.");
        }

        // A person who has the whole endpoint deleted takes the traffic off with it.
        if (seen.Mark is { IsOpen: true } open && open.Stable == deployment)
        {
            Broken.Add($"2: {deployment} is deleted before the rollout of {open.Candidate} is over.");
        }

        var isOurs = seen.Deployment(deployment)?.Tags.ContainsKey("sluice-role") == true;
        var wasReplaced = seen.Mark is { Status: RolloutStatus.Completed } mark && mark.Stable == deployment;
        if (!isOurs && !wasReplaced)
        {
            Broken.Add($"2: {deployment} is somebody else's, and is deleted.");
        }
    }

    /// <summary>
    /// From 0 %, the latest request of this process was answered; from a weight, enough were while it was held, or an earlier
    /// process said so.
    /// </summary>
    private bool HasPassed(string name, EndpointState seen)
    {
        if (seen.Traffic[name] == 0)
        {
            return RequestsSince(_firstRequestOfProcess, name) is [.., { Answered: true }];
        }

        var requests = RequestsSince(_firstRequestOfWeight, name);
        var gate = _rehearsal.Spec.Strategy.Gate;
        return (requests.Length >= gate.MinimumProbes && Failed(requests) <= gate.MaximumErrorRate * requests.Length)
            || (seen.Mark is { Status: RolloutStatus.Passed } mark && mark.Candidate == name);
    }

    private bool HasFailed(string name)
    {
        var requests = RequestsSince(_firstRequestOfWeight, name);
        var gate = _rehearsal.Spec.Strategy.Gate;
        return requests.Length >= gate.MinimumProbes && Failed(requests) > gate.MaximumErrorRate * requests.Length;
    }

    private ScoredRequest[] RequestsSince(int first, string name) =>
        [.. _rehearsal.Scoring.Requests.Skip(first).Where(request => request.Deployment == name)];

    private static int Failed(ScoredRequest[] requests) => requests.Count(request => !request.Answered);
}
