using System.Text.RegularExpressions;

namespace Sluice.Tests.Pipelines;

/// <summary>A script that a pipeline runs.</summary>
/// <param name="Text">The script.</param>
internal sealed partial record PipelineScript(string Text)
{
    /// <summary>The arguments of each call of the start script, in order.</summary>
    public IReadOnlyList<string[]> CommandLines =>
    [
        .. StartScript().Matches(Text).Select(match => match.Groups["words"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
    ];

    [GeneratedRegex(@"\./build\.(sh|ps1)(?<words>( +-[^\s|;&]*)*)")]
    private static partial Regex StartScript();
}
