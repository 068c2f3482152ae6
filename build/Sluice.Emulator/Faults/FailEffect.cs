using Sluice.Emulator.Scoring;

namespace Sluice.Emulator.Faults;

/// <summary>The model fails: the caller gets 424 with the container's status, and the container's log has the reason.</summary>
/// <param name="AfterTraffic">When it begins.</param>
internal sealed record FailEffect(TimeSpan? AfterTraffic) : ContainerEffect(AfterTraffic)
{
    /// <inheritdoc/>
    public override Task<ContainerAnswer?> PassAsync(ContainerTurn turn, Func<ContainerRequest, Task<ContainerAnswer?>> next) =>
        next(turn.Happens() ? turn.Request with { Failure = "A fault rule of the local Azure ML failed this request." } : turn.Request);

    /// <inheritdoc/>
    public override string Describe() => "failed in its model";
}
