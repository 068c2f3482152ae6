using Sluice.Emulator.Scoring;

namespace Sluice.Emulator.Faults;

/// <summary>
/// The place where something can come between a deployment's container and its answer. A request passes through the rules that fit in their
/// order, as it does in <see cref="FaultWay"/>; here it is known which deployment it is for.
/// </summary>
/// <param name="faults">The rules.</param>
/// <param name="time">The clock of requests.</param>
internal sealed class ContainerFaults(LiveFaults faults, TimeProvider time) : IContainerFaults
{
    /// <inheritdoc/>
    public bool HasAny => faults.Current.HasContainerRules;

    /// <inheritdoc/>
    public Task<ContainerAnswer?> PassAsync(
        string deployment, TimeSpan? trafficFor, ContainerRequest request, Func<ContainerRequest, ValueTask<ContainerAnswer?>> container)
    {
        Func<ContainerRequest, Task<ContainerAnswer?>> chain = asked => container(asked).AsTask();
        foreach (var armed in faults.Current.FittingContainer(deployment, trafficFor).Reverse())
        {
            var next = chain;
            var effect = (ContainerEffect)armed.Rule.Effect;
            chain = asked => effect.PassAsync(new ContainerTurn(deployment, asked, armed, time), next);
        }

        return chain(request);
    }
}
