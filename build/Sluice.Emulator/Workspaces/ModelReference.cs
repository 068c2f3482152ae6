using System.Text.RegularExpressions;

namespace Sluice.Emulator.Workspaces;

/// <summary>A model version as a deployment names it: an ARM id, an <c>azureml://</c> asset URI, or <c>azureml:name:version</c>.</summary>
internal sealed partial record ModelReference(string Model, string Version)
{
    /// <summary>Reads a reference, or answers null when it is none.</summary>
    public static ModelReference? TryParse(string text)
    {
        var match = Path().Match(text) is { Success: true } path ? path : Short().Match(text);
        return match.Success ? new ModelReference(match.Groups["model"].Value, match.Groups["version"].Value) : null;
    }

    [GeneratedRegex(@"/models/(?<model>[^/]+)/versions/(?<version>[^/]+)/?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Path();

    [GeneratedRegex(@"\Aazureml:(?<model>[^:/]+):(?<version>[^:/]+)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Short();
}
