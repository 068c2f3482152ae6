using System.Security.Cryptography;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Arm;

/// <summary>Draws the secrets of endpoints.</summary>
internal static class Secrets
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int KeyLength = 44;

    /// <summary>A key, about 260 bits.</summary>
    public static string NewKey() => RandomNumberGenerator.GetString(Letters, KeyLength);

    /// <summary>Two keys.</summary>
    public static EndpointKeys NewKeys() => new(NewKey(), NewKey());
}
