namespace Sluice.Output;

/// <summary>
/// Agents of GitHub Actions and Azure DevOps read commands from ordinary output: <c>::…</c> and <c>##[…]</c> or <c>##vso[…]</c>
/// at the start of a line. Text that came from elsewhere, such as a container's log, must not become one.
/// </summary>
internal static class AgentCommands
{
    /// <summary>The text with each later line indented behind a bar, so that none of its lines starts with a command.</summary>
    public static string Defuse(string text) =>
        text.ReplaceLineEndings("\n").Replace("\n", $"{Environment.NewLine}    | ", StringComparison.Ordinal)
            .Replace("##vso[", "## vso[", StringComparison.OrdinalIgnoreCase)
            .Replace("##[", "## [", StringComparison.Ordinal);
}
