namespace Sluice.Rollouts.Diagnosis;

/// <summary>What came of a question: a fact, or a problem.</summary>
/// <typeparam name="T">The fact.</typeparam>
/// <param name="Fact">The fact; null when there is a problem.</param>
/// <param name="Problem">Why there is no fact; null when there is one.</param>
public sealed record Answer<T>(T? Fact, Problem? Problem)
    where T : class
{
    /// <summary>The check's result: that of the fact, that of the failure, or that it was skipped.</summary>
    /// <param name="check">The check.</param>
    /// <param name="judge">Judges the fact.</param>
    /// <param name="fail">Judges the failure.</param>
    public CheckResult Judge(string check, Func<T, CheckResult> judge, Func<Problem, CheckResult> fail)
    {
        ArgumentNullException.ThrowIfNull(judge);
        ArgumentNullException.ThrowIfNull(fail);
        return Fact is not null ? judge(Fact)
            : Problem is { WasAsked: true } ? fail(Problem)
            : CheckResult.Skip(check, Problem?.Sentence ?? "It was not asked.");
    }
}
