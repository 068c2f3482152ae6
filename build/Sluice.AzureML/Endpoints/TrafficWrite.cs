using System.Collections.Immutable;
using Azure;
using Azure.ResourceManager.MachineLearning;
using Sluice.AzureML.Waiting;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.State;

namespace Sluice.AzureML.Endpoints;

/// <summary>
/// Changes an endpoint's traffic: reads the whole endpoint, replaces traffic and mark, sends the whole back with all that is not the
/// rollout's, and reads again until the change shows.
/// </summary>
/// <remarks>
/// The service knows no If-Match for endpoints: its answers carry no ETag. So a foreign write that falls between the read and the
/// write cannot be refused, only noticed: by what was there before, and by what is read back.
/// </remarks>
internal sealed class TrafficWrite(MachineLearningOnlineEndpointCollection endpoints, EndpointTurn turn)
{
    /// <summary>Writes the change and waits until it can be read back.</summary>
    /// <exception cref="ForeignChangeException">
    /// The map before the write, or the one read back, is neither the expected nor the wanted one.
    /// </exception>
    public async Task RunAsync(LongCall call, TrafficChange change, CancellationToken cancellationToken)
    {
        var shown = await turn.WriteAsync(
            call, change.Endpoint, deployment: null, endpoint => StartAsync(endpoint, change, cancellationToken), cancellationToken);
        while (!Shows(shown, change))
        {
            call.Report("Reading back");
            await call.PauseAsync(last: null, cancellationToken);
            shown = await turn.ReadAsync(call, change.Endpoint, cancellationToken);
        }
    }

    private async Task<Operation?> StartAsync(
        MachineLearningOnlineEndpointResource? endpoint, TrafficChange change, CancellationToken cancellationToken)
    {
        var data = endpoint?.Data ?? throw Missing.Endpoint(change.Endpoint);
        var found = StateReader.TrafficOf(data.Properties.Traffic);
        if (!found.Equals(change.Wanted) && !found.Equals(change.Expected))
        {
            throw new ForeignChangeException(change.Expected, found);
        }

        if (IsWritten(data, change))
        {
            return null;
        }

        data.Properties.Traffic = new Dictionary<string, int>(change.Wanted.Percents);
        data.Properties.MirrorTraffic = new Dictionary<string, int>(WantedMirror(data, change).Percents);
        foreach (var (name, value) in WantedTags(data, change))
        {
            data.Tags[name] = value;
        }

        return await endpoints.CreateOrUpdateAsync(WaitUntil.Started, change.Endpoint, data, cancellationToken);
    }

    /// <summary>Whether the change can be read back; reads lag behind the write, so the old map is no news.</summary>
    private static bool Shows(MachineLearningOnlineEndpointResource? endpoint, TrafficChange change)
    {
        var data = endpoint?.Data ?? throw Missing.Endpoint(change.Endpoint);
        var found = StateReader.TrafficOf(data.Properties.Traffic);
        return found.Equals(change.Wanted) || found.Equals(change.Expected)
            ? IsWritten(data, change)
            : throw new ForeignChangeException(change.Wanted, found);
    }

    private static bool IsWritten(MachineLearningOnlineEndpointData data, TrafficChange change) =>
        StateReader.TrafficOf(data.Properties.Traffic).Equals(change.Wanted)
        && WantedMirror(data, change).Equals(StateReader.TrafficOf(data.Properties.MirrorTraffic))
        && WantedTags(data, change).SequenceEqual(StateReader.TagsOf(data.Tags));

    private static Traffic WantedMirror(MachineLearningOnlineEndpointData data, TrafficChange change) =>
        change.MirrorAfter(StateReader.TrafficOf(data.Properties.MirrorTraffic));

    private static ImmutableSortedDictionary<string, string> WantedTags(
        MachineLearningOnlineEndpointData data, TrafficChange change)
    {
        var tags = StateReader.TagsOf(data.Tags);
        return change.Mark is { } mark ? mark.WriteTo(tags) : tags;
    }
}
