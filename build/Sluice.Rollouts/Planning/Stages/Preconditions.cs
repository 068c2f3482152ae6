using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Stages;

/// <summary>What stages need before they can begin; each answer names the stage that brings it.</summary>
internal static class Preconditions
{
    /// <summary>The decision while the endpoint is missing or busy; null when it can be worked on.</summary>
    public static Decision? EndpointReady(Situation situation) => situation.State.Endpoint switch
    {
        null => Decision.Fail($"Endpoint {situation.Spec.Endpoint.Name} does not exist; the stage Endpoint creates it."),
        { } endpoint => Settled(endpoint),
    };

    /// <summary>The decision while an operation is under way on the endpoint or a deployment; null when there is none.</summary>
    public static Decision? Settled(EndpointState endpoint)
    {
        var busy = IsBusy(endpoint.State)
            ? $"endpoint {endpoint.Name} is {endpoint.State}"
            : endpoint.Deployments.FirstOrDefault(deployment => IsBusy(deployment.State)) is { } deployment
                ? $"deployment {deployment.Name} is {deployment.State}"
                : null;
        return busy is null ? null : Decision.Act(new AwaitSettled(endpoint.Name), $"An operation is under way: {busy}.");
    }

    /// <summary>The decision before Register; null when the candidate has a version.</summary>
    public static Decision? CandidateRegistered(Situation situation) =>
        situation.CandidateVersion is null
            ? Decision.Fail($"{situation.Spec.Model.Candidate.Path} is not a registered version of {situation.Spec.Model.Name}; the stage Register makes it one.")
            : null;

    /// <summary>
    /// The decision when somebody else changed the traffic since this run looked or wrote: the rollout ended elsewhere, or a
    /// person must say what now. Null when nobody has.
    /// </summary>
    public static Decision? TrafficIsOurs(Situation situation)
    {
        var endpoint = situation.State.Endpoint!;
        return situation.History.TrafficBeforeForeignChange switch
        {
            null => null,
            _ when endpoint.Mark is { Status: RolloutStatus.RolledBack } mark => Decision.RolledBack(
                $"The rollout of {mark.Candidate} was rolled back elsewhere: traffic is [{endpoint.Traffic}]."),
            { } before => Decision.Hold($"Somebody else changed the traffic: it was [{before}], it is [{endpoint.Traffic}]."),
        };
    }

    private static bool IsBusy(ProvisioningState state) =>
        state is not (ProvisioningState.Succeeded or ProvisioningState.Failed or ProvisioningState.Canceled);
}
