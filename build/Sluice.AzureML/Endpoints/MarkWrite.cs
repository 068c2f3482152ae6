using Azure;
using Azure.ResourceManager.MachineLearning;
using Azure.ResourceManager.MachineLearning.Models;
using Sluice.AzureML.Waiting;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.State;

namespace Sluice.AzureML.Endpoints;

/// <summary>Changes the rollout's mark in an endpoint's tags and nothing else, and reads again until the change shows.</summary>
internal sealed class MarkWrite(MachineLearningOnlineEndpointCollection endpoints, EndpointTurn turn)
{
    /// <summary>Writes the mark and waits until it can be read back.</summary>
    /// <exception cref="ForeignChangeException">The mark there is neither the expected nor the wanted one.</exception>
    public async Task RunAsync(LongCall call, string name, RolloutMark? expected, RolloutMark mark, CancellationToken cancellationToken)
    {
        await turn.WriteAsync(
            call, name, deployment: null, endpoint => StartAsync(endpoint, name, expected, mark, cancellationToken), cancellationToken);
        while (!await call.ReadAsync(() => ShowsAsync(name, expected, mark, cancellationToken), cancellationToken))
        {
            call.Report("Reading back");
            await call.PauseAsync(last: null, cancellationToken);
        }
    }

    private static async Task<Operation?> StartAsync(
        MachineLearningOnlineEndpointResource? endpoint,
        string name,
        RolloutMark? expected,
        RolloutMark mark,
        CancellationToken cancellationToken)
    {
        var there = endpoint ?? throw Missing.Endpoint(name);
        if (IsWritten(there.Data, expected, mark))
        {
            return null;
        }

        // PATCH reaches the tags and nothing else, so it cannot undo anybody's change of the traffic.
        var patch = new MachineLearningResourcePatchWithIdentity();
        foreach (var (tag, value) in mark.WriteTo(StateReader.TagsOf(there.Data.Tags)))
        {
            patch.Tags[tag] = value;
        }

        return await there.UpdateAsync(WaitUntil.Started, patch, cancellationToken);
    }

    /// <summary>Whether the mark can be read back; reads lag behind the write, so the old mark is no news.</summary>
    private async Task<bool> ShowsAsync(string name, RolloutMark? expected, RolloutMark mark, CancellationToken cancellationToken)
    {
        var endpoint = await endpoints.GetIfExistsAsync(name, cancellationToken);
        return IsWritten(endpoint.HasValue ? endpoint.Value!.Data : throw Missing.Endpoint(name), expected, mark);
    }

    private static bool IsWritten(MachineLearningOnlineEndpointData data, RolloutMark? expected, RolloutMark mark)
    {
        var found = RolloutMark.Read(StateReader.TagsOf(data.Tags));
        return found == mark || (found != expected ? throw new ForeignChangeException(expected, found) : false);
    }
}
