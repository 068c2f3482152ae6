using System.Text.Json;

namespace Sluice.Emulator.Workspaces;

/// <summary>A version of code, of an environment or of data.</summary>
/// <param name="Name">Name of the asset.</param>
/// <param name="Version">The version, <c>1</c> for example.</param>
/// <param name="IsArchived">Marked as archived itself: hidden from lists of active versions, as it is while its container is archived.</param>
/// <param name="Properties">The other members of <c>properties</c> that a client set, an object.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="ModifiedAt">When it was last changed.</param>
internal sealed record AssetVersion(
    string Name, string Version, bool IsArchived, JsonElement Properties, DateTimeOffset CreatedAt, DateTimeOffset ModifiedAt)
{
    /// <summary>Its key among all versions of its kind.</summary>
    public string Key => KeyOf(Name, Version);

    /// <summary>The key of a version among all of its kind.</summary>
    public static string KeyOf(string name, string version) => $"{name}/{version}";

    /// <summary>A member of the properties, or null.</summary>
    public JsonElement? Member(string name) => Properties.TryGetProperty(name, out var value) ? value : null;
}
