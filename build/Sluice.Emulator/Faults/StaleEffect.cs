namespace Sluice.Emulator.Faults;

/// <summary>A read gets what it got before the last change, as from a replica that lags. A read that saw no change is not hit.</summary>
internal sealed record StaleEffect : RequestEffect
{
    /// <inheritdoc/>
    public override async Task PassAsync(FaultyExchange exchange, Func<bool> happens, Func<Task> next)
    {
        await next();
        if (exchange.EarlierAnswer() is { } earlier && happens())
        {
            exchange.Answer(earlier);
        }
    }

    /// <inheritdoc/>
    public override string Describe() => "got the answer from before the last change";
}
