using Sluice.Emulator;

namespace Sluice.IntegrationTests.Callers;

/// <summary>The local Azure ML's own record of where an endpoint's requests went, and when.</summary>
internal sealed class RouteLog(string endpoint)
{
    private readonly Lock _lock = new();
    private readonly List<(Period Change, LiveRoute Route)> _changes = [];

    /// <summary>The route that came into force last.</summary>
    public LiveRoute Last
    {
        get
        {
            lock (_lock)
            {
                return _changes[^1].Route;
            }
        }
    }

    /// <summary>Takes a change in. They come in order.</summary>
    public void Note(RouteChange change) => Note(
        new Period(MonotonicClock.Nanoseconds(change.Earliest), MonotonicClock.Nanoseconds(change.Latest)),
        change.Routes.FirstOrDefault(route => route.Endpoint == endpoint) ?? new LiveRoute(endpoint, new Dictionary<string, int>(), []));

    /// <summary>Takes in that a route came into force at a moment of a period.</summary>
    public void Note(Period change, LiveRoute route)
    {
        lock (_lock)
        {
            _changes.Add((change, route));
        }
    }

    /// <summary>
    /// The routes of which each was in force at some moment of a period, or may have been: a route may be so from the earliest moment of
    /// its own change until the latest one of the next.
    /// </summary>
    public IReadOnlyList<LiveRoute> During(Period period)
    {
        lock (_lock)
        {
            var last = FirstWhere(change => change.From > period.Until) - 1;
            var first = FirstWhere(change => change.Until >= period.From) - 1;
            return [.. _changes[Math.Max(first, 0)..(last + 1)].Select(change => change.Route)];
        }
    }

    /// <summary>The index of the first change of which something holds, where it holds of all later ones too.</summary>
    private int FirstWhere(Predicate<Period> holds)
    {
        var (low, high) = (0, _changes.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = holds(_changes[middle].Change) ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
