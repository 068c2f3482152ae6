namespace Sluice.Emulator.Faults;

/// <summary>The answer breaks off: its headers promise all of the body, and a part of it comes.</summary>
/// <param name="Share">The share of the body that comes, 0 to below 1.</param>
internal sealed record TruncateEffect(double Share) : RequestEffect
{
    /// <inheritdoc/>
    public override async Task PassAsync(FaultyExchange exchange, Func<bool> happens, Func<Task> next)
    {
        await next();
        if (exchange.BodyLength > 0 && happens())
        {
            exchange.Cut(Share);
        }
    }

    /// <inheritdoc/>
    public override string Describe() => FormattableString.Invariant($"got {Share * 100:0.#} % of its answer's body");
}
