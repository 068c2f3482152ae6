using System.Collections.Immutable;
using Azure;
using Azure.ResourceManager.MachineLearning;

namespace Sluice.AzureML.Endpoints;

/// <summary>
/// What the service showed of an endpoint a moment ago, so that nothing is read twice in a row: what a write ends with, the next look begins
/// with. Whoever writes forgets before the request is sent what the write may change. Safe for concurrent use.
/// </summary>
/// <param name="time">The clock by which what was seen grows old.</param>
internal sealed class RecentReads(TimeProvider time)
{
    /// <summary>How long an endpoint counts as just seen: other people move its traffic.</summary>
    private static readonly TimeSpan OfEndpoint = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long deployments count as just seen: longer than moving traffic takes, because the service itself refuses traffic for a deployment that
    /// is not up, and every one that this process makes or deletes is known here.
    /// </summary>
    private static readonly TimeSpan OfDeployments = TimeSpan.FromMinutes(1);

    private volatile EndpointRead? _endpoint;
    private volatile DeploymentsRead? _deployments;

    /// <summary>The endpoint as it was just seen; null when it was not. One that was missing then has no resource.</summary>
    /// <param name="name">The endpoint's name.</param>
    public EndpointRead? EndpointOf(string name) =>
        _endpoint is { } read && read.Name == name && time.GetElapsedTime(read.At) < OfEndpoint ? read : null;

    /// <summary>The deployments as they were just seen; null when they were not.</summary>
    /// <param name="endpoint">The endpoint's name.</param>
    public ImmutableArray<MachineLearningOnlineDeploymentData>? DeploymentsOf(string endpoint) =>
        _deployments is { } read && read.Endpoint == endpoint && time.GetElapsedTime(read.At) < OfDeployments ? read.Deployments : null;

    /// <summary>Reads an endpoint, whatever was seen of it before, and takes it in.</summary>
    /// <param name="endpoints">The workspace's endpoints.</param>
    /// <param name="name">The endpoint's name.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The endpoint; null when it does not exist.</returns>
    /// <exception cref="RequestFailedException">The service refused.</exception>
    public async Task<MachineLearningOnlineEndpointResource?> ReadAsync(
        MachineLearningOnlineEndpointCollection endpoints, string name, CancellationToken cancellationToken)
    {
        var answer = await endpoints.GetIfExistsAsync(name, cancellationToken);
        var found = answer.HasValue ? answer.Value : null;
        Saw(name, found);
        return found;
    }

    /// <summary>Takes in an endpoint.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="resource">The endpoint; null when it is missing, and has no deployments then.</param>
    public void Saw(string name, MachineLearningOnlineEndpointResource? resource)
    {
        _endpoint = new(name, resource, time.GetTimestamp());
        if (resource is null)
        {
            Saw(name, []);
        }
    }

    /// <summary>Takes in an endpoint's deployments.</summary>
    public void Saw(string endpoint, ImmutableArray<MachineLearningOnlineDeploymentData> deployments) =>
        _deployments = new(endpoint, deployments, time.GetTimestamp());

    /// <summary>Forgets the endpoint, which a write is about to change. Its deployments stay as they are.</summary>
    public void ForgetEndpoint() => _endpoint = null;

    /// <summary>Forgets everything.</summary>
    public void Forget()
    {
        _endpoint = null;
        _deployments = null;
    }

    /// <summary>An endpoint as it was seen.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Resource">The endpoint; null when it was missing. Nobody changes its data.</param>
    /// <param name="At">The clock's timestamp.</param>
    public sealed record EndpointRead(string Name, MachineLearningOnlineEndpointResource? Resource, long At);

    private sealed record DeploymentsRead(string Endpoint, ImmutableArray<MachineLearningOnlineDeploymentData> Deployments, long At);
}
