using System.Text.Json;

namespace Sluice.Emulator.Workspaces;

/// <summary>A model container: the name that versions are registered under.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsArchived">Hidden from lists of active models.</param>
/// <param name="Properties">What a client set under <c>properties</c>, an object.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="ModifiedAt">When it was last changed.</param>
internal sealed record RegisteredModel(
    string Name, bool IsArchived, JsonElement Properties, DateTimeOffset CreatedAt, DateTimeOffset ModifiedAt);
