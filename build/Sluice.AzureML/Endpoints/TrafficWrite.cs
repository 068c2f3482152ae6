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
/// The service knows no If-Match for endpoints, as its answers carry no ETag, and nothing of the lock on the journal. So a foreign write, or
/// one of a run that takes the lock, that falls between the read's answer and the write's arrival cannot be refused; where it differs from what is
/// written, nobody sees it any more. That gap is kept as short as it can be: the lock is proven before the read, and what is read is sent back at
/// once. All that was changed before is noticed by what is there, and what is changed afterwards by what is read back.
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
            call, change.Endpoint, deployment: null, endpoint => Task.FromResult(Prepare(endpoint, change, cancellationToken)), cancellationToken);
        while (!Shows(shown, change))
        {
            call.Report("Reading back");
            await call.PauseAsync(last: null, cancellationToken);
            shown = await turn.ReadAsync(call, change.Endpoint, cancellationToken);
        }
    }

    private Func<Task<Operation>>? Prepare(
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

        return async () => await endpoints.CreateOrUpdateAsync(WaitUntil.Started, change.Endpoint, data, cancellationToken);
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
