using System.Text.RegularExpressions;
using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>Where a version of the model is, as a file or an argument says it: either on this machine, or registered already.</summary>
/// <param name="NamedAt">Where it is said.</param>
/// <param name="Path">The folder or file on this machine; null for a version that is registered.</param>
/// <param name="Registered">The registered version; null for a folder.</param>
internal sealed partial record ModelAddress(Place NamedAt, FilePath? Path, ModelSource? Registered)
{
    private const string Allowed =
        "allowed: a path, azureml:name:version, azureml:name@latest, azureml://registries/registry/models/name/versions/version "
        + "or …/labels/latest";

    private const string Latest = "latest";

    /// <summary>
    /// Reads a path or, where the text begins with <c>azureml:</c>, a reference; null for none and after a mistake, such as an address in another
    /// store, MLflow's own <c>models:/…</c> among them.
    /// </summary>
    /// <param name="field">The text.</param>
    /// <param name="mistake">Takes a mistake and its place.</param>
    public static ModelAddress? Read(Field<string>? field, Action<Place, string> mistake)
    {
        if (field is not { IsGood: true })
        {
            return null;
        }

        if (!field.Value.StartsWith("azureml:", StringComparison.OrdinalIgnoreCase) && !Elsewhere().IsMatch(field.Value))
        {
            return new ModelAddress(field.Place, FilePath.From(field), null);
        }

        if (Parse(field.Value) is { } source)
        {
            return new ModelAddress(field.Place, null, source);
        }

        mistake(field.Place, $"The model is \"{field.Value}\"; {Allowed}.");
        return null;
    }

    /// <summary>A version of the model in the workspace; <c>latest</c> is the label.</summary>
    public static ModelAddress OfVersion(Place place, string model, string version) =>
        new(place, null, new WorkspaceModel(model, version.Equals(Latest, StringComparison.OrdinalIgnoreCase) ? null : version));

    /// <summary>Reads a reference to a version that is registered; null when it is none.</summary>
    public static ModelSource? Parse(string text)
    {
        if (InWorkspace().Match(text) is { Success: true } workspace)
        {
            return new WorkspaceModel(workspace.Groups["name"].Value, VersionOf(workspace));
        }

        return InRegistry().Match(text) is { Success: true } registry
            ? new RegistryModel(registry.Groups["registry"].Value, registry.Groups["name"].Value, VersionOf(registry))
            : null;
    }

    // One letter in front of the colon is a drive.
    [GeneratedRegex(@"\A[a-zA-Z][a-zA-Z0-9+.-]+:/", RegexOptions.CultureInvariant)]
    private static partial Regex Elsewhere();

    private static string? VersionOf(Match match) => match.Groups["version"] is { Success: true, Value: var version } ? version : null;

    [GeneratedRegex(
        @"\Aazureml:(?<name>[a-zA-Z0-9][a-zA-Z0-9._-]{0,254})(:(?<version>[a-zA-Z0-9][a-zA-Z0-9._-]{0,254})|@latest)\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex InWorkspace();

    [GeneratedRegex(
        @"\Aazureml://registries/(?<registry>[a-zA-Z0-9][a-zA-Z0-9_-]{1,32})/models/(?<name>[a-zA-Z0-9][a-zA-Z0-9._-]{0,254})"
        + @"/(versions/(?<version>[a-zA-Z0-9][a-zA-Z0-9._-]{0,254})|labels/latest)/?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex InRegistry();
}
