using System.Security.Cryptography;
using System.Text;

namespace Sluice.Emulator.Hosting;

/// <summary>The token that opens ARM and blobs.</summary>
internal sealed class BearerToken(string value)
{
    private const string Scheme = "Bearer ";
    private readonly byte[] _value = Encoding.UTF8.GetBytes(value);

    /// <summary>Whether an <c>Authorization</c> header carries the token. How long the answer takes says nothing of the token.</summary>
    public bool Opens(string? authorization) =>
        authorization is not null
        && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(authorization[Scheme.Length..].Trim()), _value);
}
