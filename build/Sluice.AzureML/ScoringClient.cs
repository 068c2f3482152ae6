using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Sluice.AzureML.Connection;
using Sluice.Rollouts.Ports;

namespace Sluice.AzureML;

/// <summary>Sends scoring requests. Neither bodies nor keys are written anywhere.</summary>
/// <param name="connection">The connections to use. They stay the caller's to dispose of.</param>
/// <param name="timeout">The longest time that one answer may take; the service's own limit is 180 s.</param>
/// <param name="time">The clock.</param>
public sealed class ScoringClient(AzureConnection connection, TimeSpan timeout, TimeProvider time) : IScoringClient
{
    private const string DeploymentHeader = "azureml-model-deployment";
    private const string ModelStatusHeader = "ms-azureml-model-error-statuscode";

    /// <inheritdoc/>
    public async Task<ScoringAnswer> ScoreAsync(
        ScoringAccess access, string body, string? deployment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(access);
        ArgumentNullException.ThrowIfNull(body);
        if (access.ScoringUri.Scheme != Uri.UriSchemeHttps)
        {
            return new ScoringAnswer(
                0, null, $"the scoring URI is not https, so no key is sent to it: {access.ScoringUri}", TimeSpan.Zero);
        }

        var start = time.GetTimestamp();
        using var limit = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var request = Request(access, body, deployment);
            using var response = await connection.Scoring.SendAsync(request, HttpCompletionOption.ResponseContentRead, both.Token);
            var text = await response.Content.ReadAsStringAsync(both.Token);
            return new ScoringAnswer(
                (int)response.StatusCode,
                Header(response, DeploymentHeader),
                text,
                time.GetElapsedTime(start),
                Header(response, ModelStatusHeader));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return NoAnswer(string.Create(CultureInfo.InvariantCulture, $"no answer within {timeout.TotalSeconds:0.###} s"));
        }
        catch (HttpRequestException exception)
        {
            return NoAnswer(exception.Message);
        }
        catch (IOException exception)
        {
            return NoAnswer(exception.Message);
        }

        ScoringAnswer NoAnswer(string why) => new(0, null, why, time.GetElapsedTime(start));
    }

    private static HttpRequestMessage Request(ScoringAccess access, string body, string? deployment)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, access.ScoringUri)
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };

        // Not parsed, so that no complaint about its form can quote the key.
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + access.Key.Reveal());
        request.Headers.TryAddWithoutValidation("x-ms-client-request-id", Guid.NewGuid().ToString());
        if (deployment is not null)
        {
            request.Headers.TryAddWithoutValidation(DeploymentHeader, deployment);
        }

        return request;
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
