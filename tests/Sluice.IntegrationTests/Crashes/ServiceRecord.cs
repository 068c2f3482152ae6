using Sluice.Emulator;
using Sluice.Emulator.Faults;
using Sluice.IntegrationTests.Faults;

namespace Sluice.IntegrationTests.Crashes;

/// <summary>
/// What the service saw of a rollout, whichever process it came from, held against the invariants. It asks no client.
/// </summary>
internal sealed class ServiceRecord : IRequestWatch
{
    private const string NoTraffic = "";

    /// <summary>The way of the traffic in a rollout of the shipped configuration: each weight once, none skipped, none lowered.</summary>
    private static readonly string[] WayOfTraffic =
        [NoTraffic, "default 100", "default 90, green-2 10", "default 50, green-2 50", "green-2 100"];

    private readonly Lock _lock = new();
    private readonly List<FaultTarget> _requests = [];
    private readonly List<string> _made = [];
    private readonly List<string> _traffic = [NoTraffic];
    private readonly List<string> _broken = [];
    private IReadOnlyDictionary<string, int> _shares = new Dictionary<string, int>();

    /// <summary>All requests that came in, in their order.</summary>
    public IReadOnlyList<FaultTarget> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>What is wrong with a rollout that has ended; null when nothing is.</summary>
    public string? Fault
    {
        get
        {
            lock (_lock)
            {
                var twice = _made.CountBy(name => name).Where(made => made.Value > 1).Select(made => $"{made.Key} was made {made.Value} times");
                var way = _traffic.SequenceEqual(WayOfTraffic) ? [] : new[] { $"the traffic went {string.Join(" → ", _traffic)}" };
                var faults = string.Join("; ", [.. _broken, .. twice, .. way]);
                return faults.Length == 0 ? null : faults;
            }
        }
    }

    /// <summary>Takes in that other routes have come into force.</summary>
    public void Note(RouteChange change)
    {
        if (change.Routes.FirstOrDefault(route => route.Endpoint == Leftovers.Endpoint) is not { } route)
        {
            return;
        }

        lock (_lock)
        {
            _shares = route.Traffic.Where(share => share.Value > 0).ToDictionary();
            var inOrder = _shares.OrderBy(share => share.Key, StringComparer.Ordinal);
            var words = string.Join(", ", inOrder.Select(share => $"{share.Key} {share.Value}"));
            _broken.AddRange(_shares.Keys.Except(route.Deployments).Select(name => $"{name} is not up, and traffic is {words}"));
            if (words != _traffic[^1])
            {
                _traffic.Add(words);
            }
        }
    }

    /// <inheritdoc/>
    public Task ReachedAsync(FaultTarget request, FaultMoment moment)
    {
        lock (_lock)
        {
            var deployment = request.Path.Contains($"/onlineEndpoints/{Leftovers.Endpoint}/deployments/", StringComparison.Ordinal)
                ? request.Path[(request.Path.LastIndexOf('/') + 1)..]
                : null;
            switch (moment)
            {
                case FaultMoment.BeforeEffect:
                    _requests.Add(request);
                    if (request.Method == "DELETE" && deployment is not null && _shares.ContainsKey(deployment))
                    {
                        _broken.Add($"{deployment} was to be deleted with {_shares[deployment]} % of the traffic");
                    }

                    break;
                case FaultMoment.AfterEffect when request.Method == "PUT" && deployment is not null:
                    _made.Add(deployment);
                    break;
            }
        }

        return Task.CompletedTask;
    }
}
