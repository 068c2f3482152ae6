using System.Text.RegularExpressions;
using Sluice.Output.Agents;

namespace Sluice.Output;

/// <summary>
/// What agents of GitHub Actions and Azure DevOps take for a command in ordinary output: <c>::…</c> and <c>##[…]</c> or <c>##vso[…]</c>
/// at the start of a line. Text that came from elsewhere, such as a container's log, must not become one, nor end one before its time. This
/// is the only place that knows how such text is written, apart from what Cake's provider for GitHub escapes itself.
/// </summary>
/// <remarks>
/// GitHub: <see href="https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands"/>. Azure DevOps:
/// <see href="https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands"/>, "Formatting commands".
/// </remarks>
internal static partial class AgentCommands
{
    /// <summary>Which agent the program runs on; null at a desk.</summary>
    /// <param name="environment">Reads an environment variable; null when it is not set.</param>
    public static AgentKind? AgentOf(Func<string, string?> environment) =>
        IsTrue(environment("GITHUB_ACTIONS")) ? AgentKind.GitHub : IsTrue(environment("TF_BUILD")) ? AgentKind.AzureDevOps : null;

    /// <summary>
    /// The text with each later line indented behind a bar, and two colons at its own start set apart, so that none of its lines starts with a
    /// command.
    /// </summary>
    public static string Defuse(string text) =>
        FirstCommand().Replace(text, ": :").ReplaceLineEndings("\n").Replace("\n", $"{Environment.NewLine}    | ", StringComparison.Ordinal)
            .Replace("##vso[", "## vso[", StringComparison.OrdinalIgnoreCase)
            .Replace("##[", "## [", StringComparison.Ordinal);

    /// <summary>A JSON document that means the same, and has no string in which Azure DevOps finds a command: it looks for them amid lines, too.</summary>
    public static string DefuseJson(string json) => json.Replace("##", "#\\u0023", StringComparison.Ordinal);

    /// <summary>A text as what a command of an agent says: a command ends with its line, and per cents would be taken for an escape.</summary>
    public static string Said(AgentKind agent, string text) => text

        // Not %25: Azure's agent knows that one as three characters of the text.
        .Replace("%", agent == AgentKind.GitHub ? "%25" : "%AZP25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    /// <summary>
    /// A text as a property of a command of Azure DevOps, which must not end the property or the command's head either. (GitHub's are escaped by
    /// Cake.)
    /// </summary>
    public static string AzureProperty(string text) => Said(AgentKind.AzureDevOps, text)
        .Replace(";", "%3B", StringComparison.Ordinal)
        .Replace("]", "%5D", StringComparison.Ordinal);

    /// <summary>GitHub's runner passes over spaces in front of a command.</summary>
    [GeneratedRegex(@"\A\s*::")]
    private static partial Regex FirstCommand();

    private static bool IsTrue(string? value) => string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
}
