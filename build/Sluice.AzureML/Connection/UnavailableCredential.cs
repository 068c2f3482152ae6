using Azure.Core;
using Azure.Identity;

namespace Sluice.AzureML.Connection;

/// <summary>The place of a credential that can't be made, for a diagnosis, which has other questions, too.</summary>
/// <param name="why">What it lacks, and what to do.</param>
internal sealed class UnavailableCredential(string why) : TokenCredential
{
    /// <inheritdoc/>
    /// <exception cref="AuthenticationFailedException">Always.</exception>
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        throw new AuthenticationFailedException(why);

    /// <inheritdoc/>
    /// <exception cref="AuthenticationFailedException">Always.</exception>
    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        throw new AuthenticationFailedException(why);
}
