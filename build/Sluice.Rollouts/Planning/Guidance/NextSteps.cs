using System.Collections.Immutable;

namespace Sluice.Rollouts.Planning.Guidance;

/// <summary>What a person may do next, in the order in which one would think of it.</summary>
/// <param name="Steps">The steps; at least one.</param>
public sealed record NextSteps(ImmutableArray<NextStep> Steps)
{
    private const int Gap = 4;

    /// <summary>All of it on one line, for where there is no more room.</summary>
    public string Sentence => string.Join("; ", Steps.Select(step => step.Command is { } command ? $"{command} ({step.When})" : step.When));

    /// <summary>A step a line: the command, and behind it the remark, one below the other.</summary>
    public IEnumerable<string> Lines => LinesWith("");

    /// <summary>The same as a shell reads it: what is no command is a comment.</summary>
    public IEnumerable<string> ShellLines => LinesWith("# ");

    private IEnumerable<string> LinesWith(string sign)
    {
        var width = Steps.Max(step => step.Command?.Length ?? 0) + Gap;
        return Steps.Select(step => step.Command is { } command ? $"{command.PadRight(width)}{sign}{step.When}" : $"{sign}{step.When}");
    }
}
