using System.Collections.Concurrent;
using Sluice.Emulator.Faults;

namespace Sluice.IntegrationTests.Races;

/// <summary>Holds the making of each endpoint's candidate back until the test lets it go on, and counts what the deployments are asked to be.</summary>
internal sealed class HeldCandidates : IRequestWatch
{
    private const string Candidate = "green-2";

    private readonly ConcurrentDictionary<string, (TaskCompletionSource Begun, TaskCompletionSource Open)> _gates = [];
    private readonly ConcurrentDictionary<string, int> _puts = [];

    /// <summary>Ends when the service is asked for the endpoint's candidate: a rollout is in its middle, and stays there.</summary>
    public Task BegunAsync(string endpoint) => GateOf(endpoint).Begun.Task;

    /// <summary>Lets the endpoint's candidate be made, from now on.</summary>
    public void Open(string endpoint) => GateOf(endpoint).Open.TrySetResult();

    /// <summary>How often the service was asked for a deployment of an endpoint, by the deployment's name.</summary>
    public IReadOnlyDictionary<string, int> PutsOf(string endpoint) => _puts
        .Where(put => put.Key.StartsWith($"{endpoint}/", StringComparison.Ordinal))
        .ToDictionary(put => put.Key[(endpoint.Length + 1)..], put => put.Value);

    public Task ReachedAsync(FaultTarget request, FaultMoment moment)
    {
        if (moment != FaultMoment.BeforeEffect
            || request.Method != "PUT"
            || request.Path.Split('/') is not [.., "onlineEndpoints", var endpoint, "deployments", var deployment])
        {
            return Task.CompletedTask;
        }

        var puts = _puts.AddOrUpdate($"{endpoint}/{deployment}", 1, (_, count) => count + 1);
        if (deployment != Candidate)
        {
            return Task.CompletedTask;
        }

        var gate = GateOf(endpoint);
        gate.Begun.TrySetResult();
        if (puts > 1)
        {
            // Two lead, and neither would ever end. The test is to see that, not to hang.
            gate.Open.TrySetResult();
        }

        return gate.Open.Task;
    }

    private (TaskCompletionSource Begun, TaskCompletionSource Open) GateOf(string endpoint) => _gates.GetOrAdd(
        endpoint,
        _ => (new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously)));
}
