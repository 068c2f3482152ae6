using Azure.Core;
using Sluice.Rollouts;

namespace Sluice.AzureML.Connection;

/// <summary>The credential of a local Azure ML: one token for everything, for as long as the server lives.</summary>
internal sealed class StaticTokenCredential(Secret token) : TokenCredential
{
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(token.Reveal(), DateTimeOffset.MaxValue);

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(GetToken(requestContext, cancellationToken));
}
