using Sluice.Rollouts.Planning;

namespace Sluice.IntegrationTests.Faults;

/// <summary>How a command ended.</summary>
/// <param name="Outcome">The outcome of its last stage; null when an error ended it.</param>
/// <param name="Said">The sentence that goes with it.</param>
internal sealed record RolloutEnd(Outcome? Outcome, string Said)
{
    /// <summary>Whether it came to a good end: the candidate was promoted, or taken back.</summary>
    public bool IsGood => Outcome is Rollouts.Planning.Outcome.Done or Rollouts.Planning.Outcome.RolledBack;

    public override string ToString() => $"{(Outcome is { } outcome ? $"{outcome}" : "error")}: {Said}";
}
