using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Sluice.Rollouts.Diagnosis;

namespace Sluice.AzureML.Connection;

/// <summary>
/// Whom an access token is for, as the token itself says: its middle part is JSON ("Access token claims reference", Microsoft Entra).
/// </summary>
internal static class TokenClaims
{
    /// <summary>Reads the claims; a token that is of another form names nobody.</summary>
    public static CallerFact Read(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3)
        {
            return new(null, null, null, null);
        }

        try
        {
            using var claims = JsonDocument.Parse(Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1])));
            var root = claims.RootElement;
            return new(
                Text(root, "tid"), Text(root, "oid"), Text(root, "appid", "azp"), Text(root, "upn", "preferred_username", "unique_name"));
        }
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException)
        {
            return new(null, null, null, null);
        }
    }

    private static string? Text(JsonElement claims, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (claims.TextOf(name) is { Length: > 0 } text)
            {
                return text;
            }
        }

        return null;
    }
}
