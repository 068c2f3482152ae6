using Sluice.Emulator.Scoring;

namespace Sluice.Emulator.Faults;

/// <summary>A deployment's model is worse than it should be: a link in the chain between the front door and the container.</summary>
/// <param name="AfterTraffic">
/// How long after the deployment first has traffic, live or mirrored, it begins, by the service's clock; null from the deployment's start on.
/// </param>
internal abstract record ContainerEffect(TimeSpan? AfterTraffic) : FaultEffect
{
    /// <summary>Whether it has begun.</summary>
    /// <param name="trafficFor">How long the deployment has had traffic; null when it never had any.</param>
    public bool HasBegun(TimeSpan? trafficFor) => AfterTraffic is not { } wait || trafficFor >= wait;

    /// <summary>Passes the request on to the container, and its answer back.</summary>
    /// <param name="turn">The request.</param>
    /// <param name="next">The rest of the chain; null when the container is stopping.</param>
    public abstract Task<ContainerAnswer?> PassAsync(ContainerTurn turn, Func<ContainerRequest, Task<ContainerAnswer?>> next);
}
