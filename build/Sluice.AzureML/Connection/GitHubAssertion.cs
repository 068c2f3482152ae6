using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.ResourceManager;
using Sluice.Rollouts;
using Sluice.Rollouts.Ports;

namespace Sluice.AzureML.Connection;

/// <summary>
/// The token by which GitHub Actions vouches for a job, asked for anew each time: it lasts for minutes, and a canary for hours.
/// </summary>
/// <remarks>
/// docs.github.com, "OpenID Connect reference": GET on <c>ACTIONS_ID_TOKEN_REQUEST_URL</c> with <c>&amp;audience=</c> and the bearer token
/// <c>ACTIONS_ID_TOKEN_REQUEST_TOKEN</c> answers <c>{"value": "…"}</c>. Jobs have both with the permission <c>id-token: write</c>.
/// </remarks>
/// <param name="transport">How to call there.</param>
/// <param name="environment">Reads an environment variable.</param>
/// <param name="mask">Takes the tokens in.</param>
internal sealed class GitHubAssertion(HttpPipelineTransport transport, Func<string, string?> environment, ISecretMask mask)
{
    /// <summary>Where tokens are asked for.</summary>
    public const string UrlVariable = "ACTIONS_ID_TOKEN_REQUEST_URL";

    /// <summary>What opens that place. A secret.</summary>
    public const string TokenVariable = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";

    /// <summary>The audience that Microsoft Entra ID wants of federated tokens.</summary>
    private const string Audience = "api://AzureADTokenExchange";

    private readonly HttpPipeline _pipeline = HttpPipelineBuilder.Build(new ArmClientOptions { Transport = transport });

    /// <summary>Asks for a token.</summary>
    /// <exception cref="AuthenticationFailedException">GitHub gave none.</exception>
    public async Task<Secret> GetAsync(CancellationToken cancellationToken)
    {
        using var message = _pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Get;
        message.Request.Uri.Reset(new Uri(environment(UrlVariable)!));
        message.Request.Uri.AppendQuery("audience", Audience, escapeValue: true);
        message.Request.Headers.Add(HttpHeader.Names.Authorization, $"Bearer {environment(TokenVariable)}");
        message.Request.Headers.Add(HttpHeader.Names.Accept, "application/json");
        await _pipeline.SendAsync(message, cancellationToken);
        return TokenIn(message.Response) is { } token
            ? mask.Hide(token)
            : throw new AuthenticationFailedException($"GitHub gave no token for this job (HTTP {message.Response.Status}).");
    }

    private static string? TokenIn(Azure.Response response)
    {
        if (response.Status != 200)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(response.Content);
            return document.RootElement.TryGetProperty("value", out var value) ? value.GetString() : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Whoever answered, it was not GitHub: no JSON, no object, or no text in it.
            return null;
        }
    }
}
