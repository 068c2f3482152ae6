using System.Text.Json.Nodes;
using Sluice.Emulator.Arm;
using Sluice.Emulator.Scoring;
using Sluice.Emulator.Store;

namespace Sluice.Emulator.Monitoring;

/// <summary>
/// Azure Monitor's routes below endpoints and deployments, fed by the requests that were really scored. Azure shows a minute a few minutes
/// late; here it is there at once, and grows while it lasts. Azure keeps 93 days; here it is the last one.
/// </summary>
internal sealed class MetricHandlers(ArmScope scope, WorkspaceStore store, FrontDoor frontDoor, TimeProvider time)
{
    /// <summary>Answers with an endpoint's metrics.</summary>
    public Task<ArmReply> OfEndpoint(ArmRequest request)
    {
        var endpoint = request.Endpoint(store.Current, scope);
        return Task.FromResult(Answer(request, EndpointDocument.IdOf(endpoint, scope), MetricCatalogue.OfEndpoint, frontDoor.MetricsOf(endpoint.Name)));
    }

    /// <summary>Answers with a deployment's metrics.</summary>
    public Task<ArmReply> OfDeployment(ArmRequest request)
    {
        var deployment = request.Deployment(store.Current, scope);
        var own = frontDoor.MetricsOf(deployment.Endpoint)
            .Where(found => found.Deployment.Equals(deployment.Name, StringComparison.OrdinalIgnoreCase));
        return Task.FromResult(Answer(request, DeploymentDocument.IdOf(deployment, scope), MetricCatalogue.OfDeployment, own));
    }

    /// <summary>Lists the metrics that endpoints have.</summary>
    public Task<ArmReply> DefinitionsOfEndpoint(ArmRequest request) =>
        Task.FromResult(Definitions(request, IdOfEndpoint(request), MetricCatalogue.OfEndpoint));

    /// <summary>Lists the metrics that deployments have.</summary>
    public Task<ArmReply> DefinitionsOfDeployment(ArmRequest request) =>
        Task.FromResult(Definitions(request, IdOfDeployment(request), MetricCatalogue.OfDeployment));

    /// <summary>Lists the one metric namespace of an endpoint.</summary>
    public Task<ArmReply> NamespacesOfEndpoint(ArmRequest request) =>
        Task.FromResult(List([MetricsDocument.Namespace(IdOfEndpoint(request), MetricCatalogue.OfEndpoint)]));

    /// <summary>Lists the one metric namespace of a deployment.</summary>
    public Task<ArmReply> NamespacesOfDeployment(ArmRequest request) =>
        Task.FromResult(List([MetricsDocument.Namespace(IdOfDeployment(request), MetricCatalogue.OfDeployment)]));

    private string IdOfEndpoint(ArmRequest request) => EndpointDocument.IdOf(request.Endpoint(store.Current, scope), scope);

    private string IdOfDeployment(ArmRequest request) => DeploymentDocument.IdOf(request.Deployment(store.Current, scope), scope);

    private static ArmReply Definitions(ArmRequest request, string resource, MetricCatalogue catalogue)
    {
        catalogue.RequireNamespace(request.Query("metricnamespace"));
        return List(catalogue.Metrics.Select(metric => MetricsDocument.Definition(resource, catalogue, metric)));
    }

    private static ArmReply List(IEnumerable<JsonObject> items) => ArmReply.Ok(new JsonObject { ["value"] = new JsonArray([.. items]) });

    private ArmReply Answer(
        ArmRequest request,
        string resource,
        MetricCatalogue catalogue,
        IEnumerable<(string Deployment, DeploymentMetrics Metrics)> measured)
    {
        var query = MetricQuery.Read(request, catalogue, time.GetUtcNow());
        var minutes = measured
            .SelectMany(found => found.Metrics.Between(query.Start, query.End).Select(minute => (found.Deployment, Minute: minute)))
            .ToList();
        return ArmReply.Ok(MetricsDocument.Of(
            resource,
            scope.Location,
            catalogue,
            query,
            metric => metric.Measure is { } measure ? minutes.SelectMany(found => measure(found.Deployment, found.Minute)) : []));
    }
}
