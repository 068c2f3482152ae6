using Sluice.Output;
using Sluice.Rollouts.Diagnosis;

namespace Sluice.Inspection;

/// <summary>The checks for people.</summary>
internal static class DoctorText
{
    /// <summary>The lines of the checks.</summary>
    /// <param name="document">The checks.</param>
    /// <param name="command">The command that runs a target on what was examined.</param>
    public static IEnumerable<string> Lines(DoctorDocument document, Func<string, string> command)
    {
        foreach (var check in document.Checks)
        {
            yield return $"{check.Outcome.ToString().ToLowerInvariant(),-5} {check.Check,-14} {AgentCommands.Defuse(check.Sentence)}";
            if (check.Fix is { } fix)
            {
                yield return $"{"",-20} → {AgentCommands.Defuse(fix)}";
            }
        }

        foreach (var note in document.Notes)
        {
            yield return $"Note: {AgentCommands.Defuse(note)}";
        }

        var failed = document.Checks.Where(check => check.Outcome == CheckOutcome.Fail).Select(check => check.Check).ToArray();
        yield return failed.Length == 0
            ? $"Nothing is in the way of a rollout. Next: {command("Plan")}"
            : $"In the way of a rollout: {string.Join(", ", failed)}. Then again: {command("Doctor")}";
    }
}
