using Sluice.Emulator.Operations;

namespace Sluice.Emulator.Faults;

/// <summary>The long-running operation that the request begins goes wrong. A request that begins none is not hit.</summary>
/// <param name="Fault">How.</param>
internal sealed record OperationEffect(OperationFault Fault) : RequestEffect
{
    /// <inheritdoc/>
    public override Task PassAsync(FaultyExchange exchange, Func<bool> happens, Func<Task> next)
    {
        exchange.DisturbOperation(() => happens() ? Fault : null);
        return next();
    }

    /// <inheritdoc/>
    public override string Describe()
    {
        var what = Fault.Kind switch
        {
            OperationFaultKind.Hangs => "began an operation that hangs",
            OperationFaultKind.Fails => "began an operation that fails",
            OperationFaultKind.ShowsFailed => "began an operation that is shown as failed and succeeds",
            OperationFaultKind.ShowsSucceeded => "began an operation that is shown as succeeded and fails",
            _ => throw new InvalidOperationException($"There is no fault {Fault.Kind} of operations."),
        };
        return Fault.Delay == TimeSpan.Zero ? what : FormattableString.Invariant($"{what}, {Fault.Delay.TotalSeconds:0.###} s late");
    }
}
