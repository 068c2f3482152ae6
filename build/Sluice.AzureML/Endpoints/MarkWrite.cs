using Azure;
using Azure.ResourceManager.MachineLearning;
using Azure.ResourceManager.MachineLearning.Models;
using Sluice.AzureML.Waiting;
using Sluice.Rollouts.State;

namespace Sluice.AzureML.Endpoints;

/// <summary>Writes a rollout's mark into an endpoint's tags, and nothing else.</summary>
internal sealed class MarkWrite(EndpointTurn turn)
{
    /// <summary>Writes the mark; tags that are not the rollout's stay.</summary>
    /// <exception cref="RequestFailedException">The endpoint does not exist, or the service refused the change.</exception>
    public Task RunAsync(LongCall call, string endpoint, RolloutMark mark, CancellationToken cancellationToken) =>
        turn.WriteAsync(call, endpoint, deployment: null, there => StartAsync(there, endpoint, mark, cancellationToken), cancellationToken);

    private static async Task<Operation?> StartAsync(
        MachineLearningOnlineEndpointResource? endpoint, string name, RolloutMark mark, CancellationToken cancellationToken)
    {
        var there = endpoint ?? throw Missing.Endpoint(name);
        var tags = StateReader.TagsOf(there.Data.Tags);
        var wanted = mark.WriteTo(tags);
        if (wanted.SequenceEqual(tags))
        {
            return null;
        }

        // PATCH reaches the tags alone, so it cannot undo anybody's change of the traffic.
        var patch = new MachineLearningResourcePatchWithIdentity();
        foreach (var (tag, value) in wanted)
        {
            patch.Tags[tag] = value;
        }

        return await there.UpdateAsync(WaitUntil.Started, patch, cancellationToken);
    }
}
