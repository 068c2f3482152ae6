namespace Sluice.Emulator.Faults;

/// <summary>What goes wrong with a request: a link in the chain that the request passes through.</summary>
internal abstract record RequestEffect : FaultEffect
{
    /// <summary>Passes the request on, or not. When <paramref name="next"/> has ended, all was done and the answer is held.</summary>
    /// <param name="exchange">The request and its answer.</param>
    /// <param name="happens">Counts the request, and says whether it is hit. Asked once at most, when the effect is possible.</param>
    /// <param name="next">The rest of the chain.</param>
    public abstract Task PassAsync(FaultyExchange exchange, Func<bool> happens, Func<Task> next);
}
