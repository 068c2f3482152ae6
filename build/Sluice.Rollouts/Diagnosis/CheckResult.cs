namespace Sluice.Rollouts.Diagnosis;

/// <summary>A check and what it came to.</summary>
/// <param name="Check">What was checked, in a word or two.</param>
/// <param name="Outcome">What it came to.</param>
/// <param name="Sentence">What was found, or why it was not asked.</param>
/// <param name="Fix">What to run or to do; null where there is nothing to be done.</param>
public sealed record CheckResult(string Check, CheckOutcome Outcome, string Sentence, string? Fix)
{
    /// <summary>Nothing is in the way.</summary>
    public static CheckResult Ok(string check, string sentence) => new(check, CheckOutcome.Ok, sentence, Fix: null);

    /// <summary>A person should know something.</summary>
    public static CheckResult Warn(string check, string sentence, string fix) => new(check, CheckOutcome.Warn, sentence, fix);

    /// <summary>A rollout would fail.</summary>
    public static CheckResult Fail(string check, string sentence, string fix) => new(check, CheckOutcome.Fail, sentence, fix);

    /// <summary>It was not asked.</summary>
    public static CheckResult Skip(string check, string why) => new(check, CheckOutcome.Skip, why, Fix: null);
}
