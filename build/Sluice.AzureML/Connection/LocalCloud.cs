using Sluice.Rollouts;

namespace Sluice.AzureML.Connection;

/// <summary>A local Azure ML: where it is, which certificate is its own, and the token that it wants.</summary>
/// <param name="ArmEndpoint">The ARM end point, <c>https://localhost:&lt;port&gt;</c>.</param>
/// <param name="CertificateSha256">The SHA-256 of its certificate, 64 hexadecimal digits: no other certificate is accepted.</param>
/// <param name="BearerToken">The token for ARM and blobs.</param>
public sealed record LocalCloud(Uri ArmEndpoint, string CertificateSha256, Secret BearerToken)
{
    /// <summary>Says, in a sentence, why it will not answer again; null while it may. Asked when a connection is refused.</summary>
    public Func<string?> Ended { get; init; } = () => null;

    /// <summary>
    /// Called when a call of ARM or of a blob begins; what it returns is disposed of when the answer has come. Scoring is not told of. Null where
    /// nobody wants to know.
    /// </summary>
    public Func<IDisposable>? BeginCall { get; init; }
}
