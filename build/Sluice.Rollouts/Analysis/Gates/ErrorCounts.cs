namespace Sluice.Rollouts.Analysis.Gates;

/// <summary>Errors and requests of both deployments.</summary>
/// <param name="StableErrors">The stable deployment's errors, 0 to <paramref name="StableRequests"/>.</param>
/// <param name="StableRequests">Its requests.</param>
/// <param name="Errors">The candidate's errors, 0 to <paramref name="Requests"/>.</param>
/// <param name="Requests">Its requests.</param>
internal readonly record struct ErrorCounts(long StableErrors, long StableRequests, long Errors, long Requests)
{
    public static ErrorCounts operator +(ErrorCounts left, ErrorCounts right) => new(
        left.StableErrors + right.StableErrors,
        left.StableRequests + right.StableRequests,
        left.Errors + right.Errors,
        left.Requests + right.Requests);

    /// <summary>Those of a minute.</summary>
    public static ErrorCounts Of(ComparedMinute minute) =>
        new(minute.StableErrors, minute.StableRequests, minute.CandidateErrors, minute.CandidateRequests);

    /// <summary>Those of minutes together.</summary>
    public static ErrorCounts Of(IEnumerable<ComparedMinute> minutes) =>
        minutes.Aggregate(default(ErrorCounts), (sum, minute) => sum + Of(minute));

    /// <summary>Those of looks together.</summary>
    public static ErrorCounts Of(IReadOnlyCollection<PairTally> looks) => new(
        looks.Sum(look => look.OnlyStableFailed + look.BothFailed),
        looks.Sum(look => look.Sent),
        looks.Sum(look => look.OnlyCandidateFailed + look.BothFailed),
        looks.Sum(look => look.Sent));
}
