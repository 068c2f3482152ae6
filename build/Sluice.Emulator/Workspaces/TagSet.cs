using System.Text.Json;

namespace Sluice.Emulator.Workspaces;

/// <summary>The tags of a resource that has nothing else to keep, the workspace.</summary>
/// <param name="Tags">The tags, an object.</param>
internal sealed record TagSet(JsonElement Tags);
