using Azure.Core;
using Sluice.Rollouts.Ports;

namespace Sluice.AzureML.Connection;

/// <summary>A credential whose tokens are hidden from logs as soon as they are there; what comes after it is the SDK's.</summary>
internal sealed class MaskedCredential(TokenCredential inner, ISecretMask mask) : TokenCredential
{
    /// <inheritdoc/>
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        Hidden(inner.GetToken(requestContext, cancellationToken));

    /// <inheritdoc/>
    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        Hidden(await inner.GetTokenAsync(requestContext, cancellationToken));

    private AccessToken Hidden(AccessToken token)
    {
        mask.Hide(token.Token);
        return token;
    }
}
