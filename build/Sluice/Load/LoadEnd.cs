namespace Sluice.Load;

/// <summary>What is known of the callers' requests beside their answers, once no more are sent.</summary>
/// <param name="Due">
/// How many were due by the rate. Fewer were sent where the machine is busy, and where so many are under way as are due in a tenth of a second,
/// but at least 50.
/// </param>
/// <param name="NotAwaited">How many a run that was cancelled has sent whose answers it did not wait for; they count as neither answered nor failed.</param>
internal sealed record LoadEnd(long Due, int NotAwaited)
{
    /// <summary>The end of callers that have sent nothing.</summary>
    public static LoadEnd OfNone { get; } = new(0, 0);
}
