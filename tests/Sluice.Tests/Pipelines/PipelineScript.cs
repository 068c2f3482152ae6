using System.Text.RegularExpressions;

namespace Sluice.Tests.Pipelines;

/// <summary>A script that a pipeline runs.</summary>
/// <param name="Text">The script.</param>
internal sealed partial record PipelineScript(string Text)
{
    /// <summary>The arguments of each call of the start script, in order; those that a variable adds, too.</summary>
    public IReadOnlyList<string[]> CommandLines =>
    [
        .. StartScript().Matches(Text).Select(match =>
            Added().Replace(match.Groups["words"].Value, "${word}").Split(' ', StringSplitOptions.RemoveEmptyEntries)),
    ];

    [GeneratedRegex(@"\./build\.(sh|ps1)(?<words>( +(-|\$\{\w+:\+-)[^\s|;&]*)*)")]
    private static partial Regex StartScript();

    [GeneratedRegex(@"\$\{\w+:\+(?<word>[\w-]+)\}")]
    private static partial Regex Added();
}
