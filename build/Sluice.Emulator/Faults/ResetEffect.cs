namespace Sluice.Emulator.Faults;

/// <summary>The connection is reset in the place of an answer.</summary>
/// <param name="Moment">Before the effect, which then does not come, or after it.</param>
internal sealed record ResetEffect(FaultMoment Moment) : RequestEffect
{
    /// <inheritdoc/>
    public override async Task PassAsync(FaultyExchange exchange, Func<bool> happens, Func<Task> next)
    {
        var hit = happens();
        if (!hit || Moment == FaultMoment.AfterEffect)
        {
            await next();
        }

        if (hit)
        {
            exchange.Reset();
        }
    }

    /// <inheritdoc/>
    public override string Describe() => $"was reset {Name(Moment)}";
}
