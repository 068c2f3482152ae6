namespace Sluice.Emulator;

/// <summary>Routes that have come into force, at a moment between two others. Requests that came in before end by the old ones.</summary>
/// <param name="Earliest">A timestamp of <see cref="EmulatorOptions.RequestTime"/>: what came in before went by the routes of before.</param>
/// <param name="Latest">A timestamp, too: what comes in later goes by these routes, until the next ones.</param>
/// <param name="Routes">All endpoints that have a route.</param>
public sealed record RouteChange(long Earliest, long Latest, IReadOnlyList<LiveRoute> Routes);
