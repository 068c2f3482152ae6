using Azure.Core;
using Azure.Identity;

namespace Sluice.AzureML.Connection;

/// <summary>A credential whose failures say in one line what was tried and what to do.</summary>
internal sealed class SignInCredential(TokenCredential inner, SignIn signIn) : TokenCredential
{
    /// <inheritdoc/>
    /// <exception cref="AuthenticationFailedException">No token was to be had.</exception>
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        try
        {
            return inner.GetToken(requestContext, cancellationToken);
        }
        catch (AuthenticationFailedException failure)
        {
            throw Explained(failure);
        }
    }

    /// <inheritdoc cref="GetToken"/>
    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        try
        {
            return await inner.GetTokenAsync(requestContext, cancellationToken);
        }
        catch (AuthenticationFailedException failure)
        {
            throw Explained(failure);
        }
    }

    // Without the failure itself: its own text and that of its causes may quote what a tool wrote.
    private AuthenticationFailedException Explained(AuthenticationFailedException failure) => new(signIn.Explain(failure));
}
