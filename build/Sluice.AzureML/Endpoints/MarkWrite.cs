using Azure;
using Azure.ResourceManager.MachineLearning;
using Azure.ResourceManager.MachineLearning.Models;
using Sluice.AzureML.Waiting;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.State;

namespace Sluice.AzureML.Endpoints;

/// <summary>Changes the rollout's mark in an endpoint's tags and nothing else, and reads again until the change shows.</summary>
internal sealed class MarkWrite(EndpointTurn turn)
{
    /// <summary>Writes the mark and waits until it can be read back.</summary>
    /// <exception cref="ForeignChangeException">The mark there is neither the expected nor the wanted one.</exception>
    public async Task RunAsync(LongCall call, string name, RolloutMark? expected, RolloutMark mark, CancellationToken cancellationToken)
    {
        var shown = await turn.WriteAfterLookAsync(
            call, name, deployment: null, endpoint => Task.FromResult(Prepare(endpoint, name, expected, mark, cancellationToken)), cancellationToken);
        while (!IsWritten(shown?.Data ?? throw Missing.Endpoint(name), expected, mark))
        {
            call.Report("Reading back");
            await call.PauseAsync(last: null, cancellationToken);
            shown = await turn.ReadAsync(call, name, cancellationToken);
        }
    }

    private static Func<Task<Operation>>? Prepare(
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

        return async () => await there.UpdateAsync(WaitUntil.Started, patch, cancellationToken);
    }

    /// <summary>Whether the mark can be read back; reads lag behind the write, so the old mark is no news.</summary>
    private static bool IsWritten(MachineLearningOnlineEndpointData data, RolloutMark? expected, RolloutMark mark)
    {
        var found = RolloutMark.Read(StateReader.TagsOf(data.Tags));
        return found == mark || (found != expected ? throw new ForeignChangeException(expected, found) : false);
    }
}
