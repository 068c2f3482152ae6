using System.Text.Json;

namespace Sluice.Emulator.Workspaces;

/// <summary>The container of a model, of code, of an environment or of data: the name that versions are registered under.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsArchived">Hidden from lists of what is active.</param>
/// <param name="Properties">What a client set under <c>properties</c>, an object.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="ModifiedAt">When it was last changed.</param>
internal sealed record AssetContainer(
    string Name, bool IsArchived, JsonElement Properties, DateTimeOffset CreatedAt, DateTimeOffset ModifiedAt)
{
    /// <summary>The one that the service makes where a version comes first.</summary>
    public static AssetContainer Of(string name, JsonElement properties, DateTimeOffset now) => new(name, IsArchived: false, properties, now, now);
}
