using Sluice.Emulator;

namespace Sluice.IntegrationTests.Faults;

/// <summary>
/// Watches, from the service's side, what a rollout does to an endpoint's traffic, and notes each time it breaks what must always hold.
/// </summary>
/// <param name="endpoint">The endpoint's name.</param>
/// <param name="candidate">The candidate's name.</param>
internal sealed class RouteJudge(string endpoint, string candidate)
{
    private readonly Lock _lock = new();
    private readonly List<string> _broken = [];
    private LiveRoute _last = new(endpoint, new Dictionary<string, int>(), []);
    private bool _hasAnswered;

    /// <summary>Whether the endpoint has ever had traffic.</summary>
    public bool HasServed { get; private set; }

    /// <summary>What was broken, a sentence each, in order.</summary>
    public IReadOnlyList<string> Broken
    {
        get
        {
            lock (_lock)
            {
                return [.. _broken];
            }
        }
    }

    /// <summary>A request that asked for the candidate was answered, and well.</summary>
    public void CandidateAnswered()
    {
        lock (_lock)
        {
            _hasAnswered = true;
        }
    }

    /// <summary>Takes a change in. They come in order, and with each change of anything.</summary>
    public void Note(RouteChange change)
    {
        var route = change.Routes.FirstOrDefault(each => each.Endpoint == endpoint) ?? new LiveRoute(endpoint, new Dictionary<string, int>(), []);
        lock (_lock)
        {
            if (Words(route) == Words(_last))
            {
                return;
            }

            _broken.AddRange(Faults(route).Select(fault => $"{fault}: [{Words(_last)}] became [{Words(route)}]"));
            HasServed |= route.Traffic.Values.Sum() > 0;
            _last = route;
            _hasAnswered = false;
        }
    }

    private static string Words(LiveRoute route) => string.Join(
        ", ",
        route.Traffic.Where(share => share.Value > 0).OrderBy(share => share.Key, StringComparer.Ordinal).Select(share => $"{share.Key} {share.Value} %")
            .Append($"reachable {string.Join(" and ", route.Deployments.Order(StringComparer.Ordinal))}"));

    private static int Weight(LiveRoute route, string deployment) => route.Traffic.GetValueOrDefault(deployment);

    private IEnumerable<string> Faults(LiveRoute route)
    {
        var sum = route.Traffic.Values.Sum();
        if (sum != 100 && (sum != 0 || HasServed))
        {
            yield return $"traffic sums to {sum} %";
        }

        foreach (var (name, _) in route.Traffic.Where(share => share.Value > 0 && !route.Deployments.Contains(share.Key, StringComparer.OrdinalIgnoreCase)))
        {
            yield return $"{name} has traffic and can't be reached";
        }

        if (Weight(route, candidate) > Weight(_last, candidate) && !_hasAnswered)
        {
            yield return $"{candidate} gained traffic without having answered since the last change";
        }
    }
}
