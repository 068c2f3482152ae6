using System.Text.Json;

namespace Sluice.AzureML;

/// <summary>Members of an answer whose form the service may not keep to.</summary>
internal static class JsonMembers
{
    /// <summary>A member's text; null where there is none, or where it is no text.</summary>
    /// <param name="element">What the service sent; what is no object has no members.</param>
    /// <param name="member">The member's name, as the service writes it.</param>
    /// <exception cref="InvalidOperationException">The text is none that Unicode has: an escape makes half a surrogate pair.</exception>
    public static string? TextOf(this JsonElement element, string member) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
