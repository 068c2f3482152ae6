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
    IReadOnlyList<(ContainerHandlers Containers, IVersionHandlers Versions)> assets,
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
            ("GET", $"{Subscription}/locations", locations.List),
            ("GET", $"{Subscription}/providers", workspaces.ListProviders),
            ("GET", $"{Subscription}/providers/{{provider}}", workspaces.GetProvider),
            ("POST", $"{Subscription}/providers/{{provider}}/register", workspaces.GetProvider),
            ("GET", $"/{Provider}/operations", ProviderOperations.List),
            ("GET", $"{Subscription}/resourceGroups", workspaces.ListGroups),
            ("GET", Group, workspaces.GetGroup),
            ("HEAD", Group, Existence(workspaces.GetGroup)),
            ("PUT", Group, workspaces.PutGroup),
            ("GET", $"{Subscription}/resources", workspaces.ListResources),
            ("GET", $"{Group}/resources", workspaces.ListResources),
            ("GET", $"{Subscription}/{Provider}/workspaces", workspaces.List),
            ("GET", $"{Group}/{Provider}/workspaces", workspaces.List),
            ("GET", Workspace, workspaces.Get),
            ("HEAD", Workspace, Existence(workspaces.Get)),
            ("PATCH", Workspace, workspaces.Patch),
            ("POST", $"{Workspace}/listKeys", workspaces.ListKeys),
            ("POST", $"{Workspace}/listStorageAccountKeys", workspaces.ListStorageAccountKeys),
            ("GET", $"{Workspace}/providers/Microsoft.Authorization/permissions", WorkspaceHandlers.ListPermissions),

            ("GET", $"{Workspace}/datastores", datastores.List),
            ("GET", Datastore, datastores.Get),
            ("PUT", Datastore, datastores.Put),
            ("DELETE", Datastore, datastores.Delete),
            ("POST", $"{Datastore}/listSecrets", datastores.ListSecrets),

            .. assets.SelectMany(kind => OfAssets(kind.Containers, kind.Versions)),
            ("POST", $"{Workspace}/{AssetKind.Code.Collection}/{{asset}}/versions/{{version}}/startPendingUpload", uploads.Start),

            ("GET", $"{Workspace}/onlineEndpoints", endpoints.List),
            ("GET", Endpoint, endpoints.Get),
            ("HEAD", Endpoint, Existence(endpoints.Get)),
            ("PUT", Endpoint, endpoints.Put),
            ("PATCH", Endpoint, endpoints.Patch),
            ("DELETE", Endpoint, endpoints.Delete),
            ("POST", $"{Endpoint}/listKeys", endpoints.ListKeys),
            ("POST", $"{Endpoint}/regenerateKeys", endpoints.RegenerateKeys),
            ("POST", $"{Endpoint}/token", endpoints.Token),

            ("GET", $"{Endpoint}/deployments", deployments.List),
            ("GET", Deployment, deployments.Get),
            ("HEAD", Deployment, Existence(deployments.Get)),
            ("PUT", Deployment, deployments.Put),
            ("PATCH", Deployment, deployments.Patch),
            ("DELETE", Deployment, deployments.Delete),
            ("POST", $"{Deployment}/getLogs", deployments.GetLogs),
            ("GET", $"{Deployment}/skus", deployments.ListSkus),

            ("GET", $"{Endpoint}/{Insights}/metrics", metrics.OfEndpoint),
            ("GET", $"{Endpoint}/{Insights}/metricDefinitions", metrics.DefinitionsOfEndpoint),
            ("GET", $"{Endpoint}/{Insights}/metricNamespaces", metrics.NamespacesOfEndpoint),
            ("GET", $"{Deployment}/{Insights}/metrics", metrics.OfDeployment),
            ("GET", $"{Deployment}/{Insights}/metricDefinitions", metrics.DefinitionsOfDeployment),
            ("GET", $"{Deployment}/{Insights}/metricNamespaces", metrics.NamespacesOfDeployment),

            .. OfTags(Workspace, workspaces),
            .. OfTags(Endpoint, endpoints),
            .. OfTags(Deployment, deployments),

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
        ContainerHandlers containers, IVersionHandlers versions)
    {
        var assets = $"{Workspace}/{containers.Collection}";
        var asset = $"{assets}/{{asset}}";
        var version = $"{asset}/versions/{{version}}";
        return
        [
            ("GET", assets, containers.List),
            ("GET", asset, containers.Get),
            ("PUT", asset, containers.Put),
            ("DELETE", asset, containers.Delete),
            ("GET", $"{asset}/versions", versions.ListVersions),
            ("GET", version, versions.GetVersion),
            ("PUT", version, versions.PutVersion),
            ("DELETE", version, versions.DeleteVersion),
        ];
    }

    private static IEnumerable<(string Method, string Path, Func<ArmRequest, Task<ArmReply>> Handle)> OfTags(
        string path, ITaggedResource resource)
    {
        var tags = $"{path}/providers/Microsoft.Resources/tags/default";
        var handlers = new TagHandlers(resource);
        return [("GET", tags, handlers.Get), ("PUT", tags, handlers.Put), ("PATCH", tags, handlers.Patch), ("DELETE", tags, handlers.Delete)];
    }

    /// <summary>Says that a resource exists where it can be read (documentation: "Resources - Check Existence By Id").</summary>
    private static Func<ArmRequest, Task<ArmReply>> Existence(Func<ArmRequest, Task<ArmReply>> get) => async request =>
    {
        await get(request);
        return ArmReply.NoContent;
    };

    private static Task<ArmReply> Unknown(ArmRequest request) => throw new RefusedException(
        404, "NotFound", $"No resource provider of the local Azure ML answers {request.Method} {request.Path}.", RefusedBy.Gateway);
}
