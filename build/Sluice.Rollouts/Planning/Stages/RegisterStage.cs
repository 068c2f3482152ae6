using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Stages;

/// <summary>
/// The candidate, and the baseline where nothing serves yet, are registered versions: folders become ones, others must be there. Where the run
/// has a missing endpoint to create as well, that is done beside the first upload.
/// </summary>
internal static class RegisterStage
{
    public static Decision Next(Situation situation)
    {
        if (situation.State.Endpoint is { FailedToBeCreated: true } && situation.Stages.Contains(Stage.Endpoint))
        {
            // Nothing is uploaded for a run that its next stage ends.
            return Preconditions.EndpointReady(situation)!;
        }

        var model = situation.Spec.Model;
        var servesNothing = situation.State.Endpoint is not { State: not ProvisioningState.Deleting, Traffic.IsNone: false };
        if (servesNothing && model.Baseline is { } baseline && situation.State.VersionOf(baseline) is null)
        {
            return Missing(situation, baseline, $"The endpoint serves nothing yet, and the baseline {baseline.Title} is not registered.");
        }

        return situation.CandidateVersion is not { } version
            ? Missing(situation, model.Candidate, $"No version of {model.Name} has the content of {model.Candidate.Title}.")
            : Decision.Done(model.Candidate switch
            {
                ModelFolder folder => $"{version.Title} has the content of {folder.Path}.",
                _ => $"{version.Title} is registered; there is nothing to upload.",
            });
    }

    private static Decision Missing(Situation situation, ModelSource source, string why) => source is ModelFolder folder
        ? Decision.Act(
            new RegisterModel(situation.Spec.Model.Name, folder, RoleTags.OfVersion(folder.Digest))
            {
                Beside = situation.State.Endpoint is null && situation.Stages.Contains(Stage.Endpoint)
                    ? new CreateEndpoint(situation.Spec.Endpoint)
                    : null,
            },
            why)
        : Preconditions.NotRegistered(situation, source);
}
