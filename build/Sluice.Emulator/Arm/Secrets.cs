using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Arm;

/// <summary>Draws the secrets of endpoints, in the shapes that Azure's have.</summary>
internal static class Secrets
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int DrawnLength = 52;
    private const int ChecksumLength = 4;
    private const int FirstYear = 2024;
    private const int SignatureBytes = 32;

    /// <summary>
    /// A key of 84 characters, as they are issued since 2024: 52 drawn ones, about 310 bits; the mark of such keys; the year and the month as letters from
    /// A on; the issuer; and a checksum, which is drawn, too, as nobody checks it here.
    /// </summary>
    public static string NewKey(DateTimeOffset now) =>
        $"{Draw(DrawnLength)}JQQJ99{Letter(now.Year - FirstYear)}{Letter(now.Month - 1)}AAAAAAAAAAAAINFRAZML{Draw(ChecksumLength)}";

    /// <summary>Two keys, with those that the client wants.</summary>
    public static EndpointKeys NewKeys(DateTimeOffset now, string? primary, string? secondary) =>
        new(primary ?? NewKey(now), secondary ?? NewKey(now));

    /// <summary>A token: a JSON web token that says for whom and for how long, and whose signature is drawn.</summary>
    public static string NewToken(string endpoint, DateTimeOffset now, DateTimeOffset end)
    {
        var header = new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT" };
        var claims = new JsonObject
        {
            ["aud"] = endpoint,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = end.ToUnixTimeSeconds(),
        };
        return $"{Part(ArmJson.Write(header))}.{Part(ArmJson.Write(claims))}.{Part(RandomNumberGenerator.GetBytes(SignatureBytes))}";
    }

    private static string Draw(int length) => RandomNumberGenerator.GetString(Letters, length);

    private static char Letter(int index) => (char)('A' + Math.Clamp(index, 0, 'Z' - 'A'));

    private static string Part(byte[] content) => Base64Url.EncodeToString(content);
}
