using System.Text;
using System.Text.Json;

namespace Sluice.IntegrationTests.EndToEnd;

/// <summary>A secret in all the forms in which it could be written down.</summary>
/// <param name="Name">What it is, for a person.</param>
/// <param name="Forms">Bytes of which none may stand anywhere.</param>
internal sealed record KnownSecret(string Name, IReadOnlyList<byte[]> Forms)
{
    /// <summary>A text: as it is, in a URL, in JSON, in base64.</summary>
    public static KnownSecret Of(string name, string text) => new(
        name,
        [
            .. new[] { text, Uri.EscapeDataString(text), JsonSerializer.Serialize(text).Trim('"') }.Distinct().Select(Encoding.UTF8.GetBytes),
            .. InBase64(Encoding.UTF8.GetBytes(text)),
        ]);

    /// <summary>Bytes: as they are, in base64, in hexadecimal.</summary>
    public static KnownSecret Of(string name, byte[] bytes) => new(
        name,
        [
            bytes,
            .. InBase64(bytes),
            Encoding.UTF8.GetBytes(Convert.ToHexString(bytes)),
            Encoding.UTF8.GetBytes(Convert.ToHexStringLower(bytes)),
        ]);

    /// <summary>Whether it stands there.</summary>
    public bool StandsIn(ReadOnlySpan<byte> written)
    {
        foreach (var form in Forms)
        {
            if (written.IndexOf(form) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Base64 looks different after one and after two other bytes; what depends on the neighbours is left out.</summary>
    private static IEnumerable<byte[]> InBase64(byte[] bytes)
    {
        for (var before = 0; before < 3; before++)
        {
            var text = Convert.ToBase64String([.. new byte[before], .. bytes]);
            var first = before == 0 ? 0 : 4;
            var last = (before + bytes.Length) / 3 * 4;
            yield return Encoding.UTF8.GetBytes(text[first..last]);
        }
    }
}
