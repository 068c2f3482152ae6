using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Sluice.Emulator.Scoring;

/// <summary>Decides whether an Authorization header opens an endpoint.</summary>
internal static class BearerKey
{
    private const string Scheme = "Bearer ";

    /// <summary>Compares the header's key with the accepted ones, in a time that tells which key it was, and of a wrong one nothing.</summary>
    /// <param name="authorization">The header, or null.</param>
    /// <param name="accepted">The accepted keys. Empty ones open nothing.</param>
    internal static bool Opens(string? authorization, IReadOnlyCollection<string> accepted)
    {
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var key = MemoryMarshal.AsBytes(authorization.AsSpan(Scheme.Length).Trim());
        foreach (var candidate in accepted)
        {
            if (candidate.Length > 0 && CryptographicOperations.FixedTimeEquals(key, MemoryMarshal.AsBytes(candidate.AsSpan())))
            {
                return true;
            }
        }

        return false;
    }
}
