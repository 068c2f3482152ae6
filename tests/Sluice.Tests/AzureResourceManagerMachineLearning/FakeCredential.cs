using Azure.Core;

namespace Sluice.Tests.AzureResourceManagerMachineLearning;

internal sealed class FakeCredential : TokenCredential
{
    public const string Token = "fake-token-of-the-caller";

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(Token, DateTimeOffset.MaxValue);

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(GetToken(requestContext, cancellationToken));
}
