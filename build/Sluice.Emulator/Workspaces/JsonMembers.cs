using System.Text.Json;

namespace Sluice.Emulator.Workspaces;

/// <summary>Members of what a client set.</summary>
internal static class JsonMembers
{
    /// <summary>A member's text; null where there is none, or where it is no text.</summary>
    /// <param name="element">An object.</param>
    /// <param name="member">The member's name.</param>
    public static string? TextOf(this JsonElement element, string member) =>
        element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
