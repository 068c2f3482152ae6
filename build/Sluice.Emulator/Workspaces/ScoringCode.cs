using System.Text.Json;

namespace Sluice.Emulator.Workspaces;

/// <summary>The code that a deployment names.</summary>
/// <param name="CodeId">The code version.</param>
/// <param name="ScoringScript">The Python file, relative to the code.</param>
internal sealed record ScoringCode(string? CodeId, string ScoringScript)
{
    /// <summary>What a deployment's <c>codeConfiguration</c> says; null without one.</summary>
    public static ScoringCode? Of(DeploymentContent content) =>
        content.Properties.TryGetProperty("codeConfiguration", out var code)
        && code.ValueKind == JsonValueKind.Object
        && code.TextOf("scoringScript") is { Length: > 0 } script
            ? new ScoringCode(code.TextOf("codeId"), script)
            : null;
}
