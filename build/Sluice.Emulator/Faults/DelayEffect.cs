namespace Sluice.Emulator.Faults;

/// <summary>The request waits.</summary>
/// <param name="Time">How long.</param>
/// <param name="Moment">Before the effect, or between it and the answer.</param>
internal sealed record DelayEffect(TimeSpan Time, FaultMoment Moment) : RequestEffect
{
    /// <inheritdoc/>
    public override async Task PassAsync(FaultyExchange exchange, Func<bool> happens, Func<Task> next)
    {
        var hit = happens();
        if (hit && Moment == FaultMoment.BeforeEffect)
        {
            await exchange.WaitAsync(Time);
        }

        await next();
        if (hit && Moment == FaultMoment.AfterEffect)
        {
            await exchange.WaitAsync(Time);
        }
    }

    /// <inheritdoc/>
    public override string Describe() => FormattableString.Invariant($"waited {Time.TotalSeconds:0.###} s {Name(Moment)}");
}
