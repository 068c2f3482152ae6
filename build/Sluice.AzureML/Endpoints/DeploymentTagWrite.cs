using Azure;
using Azure.ResourceManager.MachineLearning.Models;
using Sluice.AzureML.Waiting;

namespace Sluice.AzureML.Endpoints;

/// <summary>Changes one tag of a deployment and nothing else: what it serves, and with how many instances, stays.</summary>
internal sealed class DeploymentTagWrite(EndpointTurn turn)
{
    /// <summary>Writes the tag and waits until the service is done. A deployment that is missing is left alone.</summary>
    /// <exception cref="RequestFailedException">The service refused the write for good, or the operation failed.</exception>
    public Task RunAsync(LongCall call, string endpoint, string deployment, string name, string value, CancellationToken cancellationToken) =>
        turn.WriteAsync(
            call,
            endpoint,
            deployment,
            async there =>
            {
                var found = there is null
                    ? null
                    : await call.ReadAsync(
                        () => there.GetMachineLearningOnlineDeployments().GetIfExistsAsync(deployment, cancellationToken), cancellationToken);
                if (found is not { HasValue: true } || StateReader.TagsOf(found.Value!.Data.Tags).GetValueOrDefault(name, "") == value)
                {
                    return null;
                }

                // A patch replaces the tags as a whole.
                var patch = new MachineLearningOnlineDeploymentPatch();
                foreach (var (tag, kept) in StateReader.TagsOf(found.Value!.Data.Tags).SetItem(name, value))
                {
                    patch.Tags[tag] = kept;
                }

                return async () => await found.Value!.UpdateAsync(WaitUntil.Started, patch, cancellationToken);
            },
            cancellationToken);
}
