using System.Text.RegularExpressions;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>
/// Reads references to registered assets as <c>az ml</c> reads them (Azure/azure-sdk-for-python, <c>sdk/ml/azure-ai-ml</c>:
/// <c>_schema/core/fields.py</c> and <c>operations/_operation_orchestrator.py</c>).
/// </summary>
/// <param name="kind">The kind of asset as ids name it, for example <c>environments</c>.</param>
internal sealed partial class AssetReference(string kind)
{
    /// <summary>References to environments.</summary>
    public static AssetReference Environments { get; } = new("environments");

    /// <summary>References to code assets.</summary>
    public static AssetReference Codes { get; } = new("codes");

    /// <summary>What is allowed, in words that fit behind "allowed: ".</summary>
    public string Allowed =>
        $"azureml:name:version, azureml:name@latest, azureml:/subscriptions/…/{kind}/name/versions/version or "
        + $"azureml://registries/…/{kind}/name/versions/version";

    /// <summary>Whether a text is meant as a reference, and not as a path.</summary>
    public static bool IsMeant(string text) =>
        text.StartsWith("azureml:", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a reference; null when it is none of the forms.</summary>
    public AssetSource? Parse(string text)
    {
        if (ArmId().Match(text) is { Success: true } id)
        {
            return IsOfKind(id) ? new AssetId(id.Groups["id"].Value) : null;
        }

        if (RegistryId().Match(text) is { Success: true } registry)
        {
            return IsOfKind(registry) ? new AssetId(text) : null;
        }

        // The service itself expands the short names of its curated environments.
        if (kind == "environments" && Curated().IsMatch(text))
        {
            return new AssetId(text);
        }

        return Short().Match(text) is { Success: true } name
            ? new RegisteredAsset(name.Groups["name"].Value, name.Groups["version"] is { Success: true } version ? version.Value : null)
            : null;
    }

    private bool IsOfKind(Match match) => match.Groups["kind"].Value.Equals(kind, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(
        @"\A(azureml:)?(?<id>/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\.MachineLearningServices/workspaces/[^/]+"
        + @"/(?<kind>[a-z]+)/[^/]+/versions/[^/]+)\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ArmId();

    [GeneratedRegex(
        @"\Aazureml://registries/[^/]+/(?<kind>[a-z]+)/[^/]+/(versions|labels)/[^/]+\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RegistryId();

    [GeneratedRegex(@"\Aazureml:AzureML-[^/]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Curated();

    [GeneratedRegex(@"\Aazureml:(?<name>[^:@/]+)(:(?<version>[^:@/]+)|@latest)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Short();
}
