using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Sluice.Emulator.Monitoring;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Arm;

/// <summary>The table of ARM routes. Paths ignore case, as ARM's do.</summary>
internal sealed class ArmRoutes(
    ArmPipeline pipeline,
    WorkspaceHandlers workspaces,
    DatastoreHandlers datastores,
    ModelHandlers models,
    AssetHandlers codes,
    AssetHandlers environments,
    PendingUploadHandlers uploads,
    EndpointHandlers endpoints,
    DeploymentHandlers deployments,
    OperationHandlers operations,
    LocationHandlers locations,
    MetricHandlers metrics)
{
    private const string Subscription = "/subscriptions/{subscription}";
    private const string Group = $"{Subscription}/resourceGroups/{{group}}";
    private const string Provider = $"providers/{ArmScope.Provider}";
    private const string Workspace = $"{Group}/{Provider}/workspaces/{{workspace}}";
    private const string Datastore = $"{Workspace}/datastores/{{datastore}}";
    private const string Model = $"{Workspace}/models/{{model}}";
    private const string Version = $"{Model}/versions/{{version}}";
    private const string Endpoint = $"{Workspace}/onlineEndpoints/{{endpoint}}";
    private const string Deployment = $"{Endpoint}/deployments/{{deployment}}";
    private const string Insights = "providers/Microsoft.Insights";
    private const string Location = $"{Subscription}/{Provider}/locations/{{location}}";

    /// <summary>Puts the table in.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        (string Method, string Path, Func<ArmRequest, Task<ArmReply>> Handle)[] table =
        [
            ("GET", "/tenants", workspaces.ListTenants),
            ("GET", "/subscriptions", workspaces.ListSubscriptions),
            ("GET", Subscription, workspaces.GetSubscription),
            ("GET", $"{Subscription}/providers", workspaces.ListProviders),
            ("GET", $"{Subscription}/providers/{{provider}}", workspaces.GetProvider),
            ("GET", $"{Subscription}/resourceGroups", workspaces.ListGroups),
            ("GET", Group, workspaces.GetGroup),
            ("HEAD", Group, WorkspaceHandlers.HeadGroup),
            ("GET", $"{Subscription}/{Provider}/workspaces", workspaces.List),
            ("GET", $"{Group}/{Provider}/workspaces", workspaces.List),
            ("GET", Workspace, workspaces.Get),
            ("GET", $"{Workspace}/providers/Microsoft.Authorization/permissions", WorkspaceHandlers.ListPermissions),

            ("GET", $"{Workspace}/datastores", datastores.List),
            ("GET", Datastore, datastores.Get),
            ("PUT", Datastore, datastores.Put),
            ("DELETE", Datastore, datastores.Delete),
            ("POST", $"{Datastore}/listSecrets", datastores.ListSecrets),

            ("GET", $"{Workspace}/models", models.List),
            ("GET", Model, models.Get),
            ("PUT", Model, models.Put),
            ("DELETE", Model, models.Delete),
            ("GET", $"{Model}/versions", models.ListVersions),
            ("GET", Version, models.GetVersion),
            ("PUT", Version, models.PutVersion),
            ("DELETE", Version, models.DeleteVersion),

            .. OfAssets(AssetKind.Code, codes),
            ("POST", $"{Workspace}/{AssetKind.Code.Collection}/{{asset}}/versions/{{version}}/startPendingUpload", uploads.Start),
            .. OfAssets(AssetKind.Environment, environments),

            ("GET", $"{Workspace}/onlineEndpoints", endpoints.List),
            ("GET", Endpoint, endpoints.Get),
            ("PUT", Endpoint, endpoints.Put),
            ("PATCH", Endpoint, endpoints.Patch),
            ("DELETE", Endpoint, endpoints.Delete),
            ("POST", $"{Endpoint}/listKeys", endpoints.ListKeys),
            ("POST", $"{Endpoint}/regenerateKeys", endpoints.RegenerateKeys),
            ("POST", $"{Endpoint}/token", endpoints.Token),

            ("GET", $"{Endpoint}/deployments", deployments.List),
            ("GET", Deployment, deployments.Get),
            ("PUT", Deployment, deployments.Put),
            ("PATCH", Deployment, deployments.Patch),
            ("DELETE", Deployment, deployments.Delete),
            ("POST", $"{Deployment}/getLogs", deployments.GetLogs),
            ("GET", $"{Deployment}/skus", deployments.ListSkus),

            ("GET", $"{Endpoint}/{Insights}/metrics", metrics.OfEndpoint),
            ("GET", $"{Endpoint}/{Insights}/metricDefinitions", metrics.DefinitionsOfEndpoint),
            ("GET", $"{Deployment}/{Insights}/metrics", metrics.OfDeployment),
            ("GET", $"{Deployment}/{Insights}/metricDefinitions", metrics.DefinitionsOfDeployment),

            ("GET", $"{Location}/usages", locations.ListUsages),
            ("GET", $"{Location}/quotas", locations.ListQuotas),
            ("GET", $"{Location}/vmSizes", locations.ListSizes),
            ("GET", $"{Location}/mfeOperationsStatus/{{operation}}", operations.Status),
            ("GET", $"{Location}/mfeOperationResults/{{operation}}", operations.Result),
        ];
        foreach (var (method, path, handle) in table)
        {
            routes.MapMethods(path, [method], context => pipeline.AnswerAsync(context, handle));
        }

        routes.MapFallback("{**path}", context => pipeline.AnswerAsync(context, Unknown));
    }

    private static IEnumerable<(string Method, string Path, Func<ArmRequest, Task<ArmReply>> Handle)> OfAssets(
        AssetKind kind, AssetHandlers handlers)
    {
        var assets = $"{Workspace}/{kind.Collection}";
        var asset = $"{assets}/{{asset}}";
        var version = $"{asset}/versions/{{version}}";
        return
        [
            ("GET", assets, handlers.List),
            ("GET", asset, handlers.Get),
            ("DELETE", asset, handlers.Delete),
            ("GET", $"{asset}/versions", handlers.ListVersions),
            ("GET", version, handlers.GetVersion),
            ("PUT", version, handlers.PutVersion),
            ("DELETE", version, handlers.DeleteVersion),
        ];
    }

    private static Task<ArmReply> Unknown(ArmRequest request) => throw new RefusedException(
        404, "NotFound", $"No resource provider of the local Azure ML answers {request.Method} {request.Path}.", RefusedBy.Gateway);
}
