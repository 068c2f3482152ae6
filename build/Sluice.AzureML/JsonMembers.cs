using System.Text.Json;

namespace Sluice.AzureML;

/// <summary>Members of an answer whose form the service may not keep to.</summary>
internal static class JsonMembers
{
    /// <summary>A member's text; null where there is none, where it is no text, and where it is none that Unicode has.</summary>
    /// <param name="element">What the service sent; what is no object has no members.</param>
    /// <param name="member">The member's name, as the service writes it.</param>
    public static string? TextOf(this JsonElement element, string member)
    {
        if (element.ValueKind != JsonValueKind.Object
            || !element.TryGetProperty(member, out var value)
            || value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // An escape makes half a surrogate pair.
            return null;
        }
    }
}
