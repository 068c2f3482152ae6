using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Stages;

/// <summary>The candidate's folder, and the baseline's where nothing serves yet, become registered versions.</summary>
internal static class RegisterStage
{
    public static Decision Next(Situation situation)
    {
        var model = situation.Spec.Model;
        var servesNothing = situation.State.Endpoint is not { State: not ProvisioningState.Deleting, Traffic.IsNone: false };
        if (servesNothing && model.Baseline is { } baseline && situation.State.VersionOf(baseline.Digest) is null)
        {
            return Decision.Act(
                Registration(model, baseline),
                $"The endpoint serves nothing yet, and the baseline {baseline.Path} is not registered.");
        }

        return situation.CandidateVersion is { } version
            ? Decision.Done($"{model.Name} version {version.Version} has the content of {model.Candidate.Path}.")
            : Decision.Act(
                Registration(model, model.Candidate),
                $"No version of {model.Name} has the content of {model.Candidate.Path}.");
    }

    private static RegisterModel Registration(ModelSpec model, ModelFolder folder) =>
        new(model.Name, folder, RoleTags.OfVersion(folder.Digest));
}
