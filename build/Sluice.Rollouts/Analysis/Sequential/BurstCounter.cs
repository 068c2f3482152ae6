namespace Sluice.Rollouts.Analysis.Sequential;

/// <summary>
/// Counts errors that came together once. Errors of one cause (a worker that restarts, a client that retries) are not independent:
/// counted one by one in bursts of three on average, a test at 5 % rolls back every third good canary.
/// </summary>
public static class BurstCounter
{
    /// <summary>The number of distinct buckets that an error fell in: each counts at most once.</summary>
    /// <remarks>
    /// The cost: a canary that fails often enough to fill the buckets is found later, as no more than one error a bucket is seen, and
    /// the ratio of the arms tends to 1 once both have an error in most of their buckets. Buckets should be short against the time
    /// between independent errors: a second per instance where requests are logged one by one, a minute where metrics are all there is.
    /// The count is that of bursts, and no share of the requests any more.
    /// </remarks>
    /// <param name="buckets">The bucket of each error, such as its instance and second.</param>
    /// <typeparam name="TBucket">Compares buckets by value.</typeparam>
    public static int OfEvents<TBucket>(IEnumerable<TBucket> buckets) => buckets.Distinct().Count();
}
