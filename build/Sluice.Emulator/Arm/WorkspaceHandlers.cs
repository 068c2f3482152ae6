using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Emulator.Blobs;
using Sluice.Emulator.Store;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Arm;

/// <summary>The routes above and at the workspace, as far as ARM clients ask for them. Nothing of it changes but the tags.</summary>
internal sealed class WorkspaceHandlers(ArmScope scope, StorageAccount account, WorkspaceStore store) : ITaggedResource
{
    private static readonly string[] ApiVersions =
    [
        "2025-12-01", "2025-06-01", "2024-10-01", "2024-04-01", "2023-10-01", "2023-08-01-preview", "2023-06-01-preview",
        "2023-04-01-preview", "2023-04-01", "2022-10-01", "2022-05-01", "2022-02-01-preview",
    ];

    private static readonly string[] ListedMembers = ["type", "kind", "location", "identity", "sku", "tags"];

    // What a list of resources has besides where it is asked for (documentation: "Resources - List", $expand).
    private static readonly (string Name, Func<JsonObject, JsonNode?> Of)[] ExpandedMembers =
    [
        ("createdTime", resource => resource["systemData"]?["createdAt"]),
        ("changedTime", resource => resource["systemData"]?["lastModifiedAt"]),
        ("provisioningState", resource => resource["properties"]?["provisioningState"]),
    ];

    // What ARM tracks, which has a place, an identity and tags, and what it does not.
    private static readonly string[] TrackedTypes = ["workspaces", "workspaces/onlineEndpoints", "workspaces/onlineEndpoints/deployments"];

    private static readonly string[] OtherTypes =
    [
        "workspaces/onlineEndpoints/deployments/skus", "workspaces/models", "workspaces/models/versions", "workspaces/codes",
        "workspaces/codes/versions", "workspaces/environments", "workspaces/environments/versions", "workspaces/data",
        "workspaces/data/versions", "workspaces/datastores", "locations", "locations/usages", "locations/quotas", "locations/vmSizes",
        "locations/mfeOperationsStatus", "locations/mfeOperationResults", "operations",
    ];

    /// <summary>Lists subscriptions.</summary>
    public Task<ArmReply> ListSubscriptions(ArmRequest request) => Task.FromResult(Page.Of(request, [0], _ => Subscription()));

    /// <summary>Reads the subscription.</summary>
    public Task<ArmReply> GetSubscription(ArmRequest request) => Task.FromResult(ArmReply.Ok(Subscription()));

    /// <summary>Lists tenants.</summary>
    public Task<ArmReply> ListTenants(ArmRequest request) => Task.FromResult(Page.Of(request, [0], _ => new JsonObject
    {
        ["id"] = $"/tenants/{scope.TenantId}",
        ["tenantId"] = scope.TenantId.ToString(),
        ["tenantCategory"] = "Home",
        ["displayName"] = "Local Azure ML",
    }));

    /// <summary>Lists resource groups.</summary>
    public Task<ArmReply> ListGroups(ArmRequest request) => Task.FromResult(Page.Of(request, [0], _ => Group()));

    /// <summary>Reads the resource group.</summary>
    public Task<ArmReply> GetGroup(ArmRequest request) => Task.FromResult(ArmReply.Ok(Group()));

    /// <summary>
    /// Creates the resource group, which is there, as scripts begin (documentation: "Resource Groups - Create Or Update"). It stays as it is.
    /// </summary>
    public async Task<ArmReply> PutGroup(ArmRequest request)
    {
        var body = await request.ReadAsync();
        Locations.Read(body);
        body.TakeTags("tags");
        return ArmReply.Ok(Group());
    }

    /// <summary>Lists resource providers.</summary>
    public Task<ArmReply> ListProviders(ArmRequest request) => Task.FromResult(Page.Of(request, [0], _ => Provider()));

    /// <summary>Reads a resource provider; it is registered, so that a registration is answered with the same.</summary>
    public Task<ArmReply> GetProvider(ArmRequest request) =>
        request.Name("provider").Equals(ArmScope.Provider, StringComparison.OrdinalIgnoreCase)
            ? Task.FromResult(ArmReply.Ok(Provider()))
            : throw new RefusedException(
                404, "InvalidResourceNamespace", $"The resource namespace '{request.Name("provider")}' is invalid.", RefusedBy.Gateway);

    /// <summary>
    /// Lists the resources that ARM tracks: the workspace, its endpoints and their deployments, each by the members that a list of any
    /// resources has, and with the names of its parents before its own.
    /// </summary>
    public Task<ArmReply> ListResources(ArmRequest request)
    {
        var filter = ResourceFilter.In(request);
        var expand = (request.Query("$expand") ?? "").Split(',', StringSplitOptions.TrimEntries);
        var state = store.Current;
        var resources = new[] { Workspace() }
            .Concat(state.Endpoints.Values.Select(endpoint => EndpointDocument.Of(endpoint, scope, request.Root)))
            .Concat(state.Deployments.Values.Select(deployment => DeploymentDocument.Of(deployment, scope, request.Root)))
            .Select(resource => Listed(resource, expand))
            .Where(filter)
            .OrderBy(resource => (string?)resource["id"], StringComparer.OrdinalIgnoreCase);
        return Task.FromResult(Page.Of(request, resources, resource => resource));
    }

    /// <summary>Lists workspaces.</summary>
    public Task<ArmReply> List(ArmRequest request) => Task.FromResult(Page.Of(request, [0], _ => Workspace()));

    /// <summary>Reads the workspace.</summary>
    public Task<ArmReply> Get(ArmRequest request) => Task.FromResult(ArmReply.Ok(Workspace()));

    /// <summary>Replaces the workspace's tags. A change of anything else is refused: nothing here would come of it.</summary>
    public async Task<ArmReply> Patch(ArmRequest request)
    {
        var body = await request.ReadAsync();
        var tags = body.TakeTags("tags");
        body.RefuseRest("tags");
        if (tags is { } wanted)
        {
            ChangeTags(request, _ => wanted);
        }

        return ArmReply.Ok(Workspace());
    }

    /// <summary>Shows the keys of what belongs to the workspace, of which there is the storage account only.</summary>
    public Task<ArmReply> ListKeys(ArmRequest request) => Task.FromResult(ArmReply.Ok(new JsonObject
    {
        ["userStorageKey"] = account.Key,
        ["userStorageResourceId"] = scope.StorageAccountPath,
        ["appInsightsInstrumentationKey"] = null,
        ["containerRegistryCredentials"] = null,
        ["notebookAccessKeys"] = null,
    }));

    /// <summary>Shows the key of the workspace's storage account.</summary>
    public Task<ArmReply> ListStorageAccountKeys(ArmRequest request) =>
        Task.FromResult(ArmReply.Ok(new JsonObject { ["userStorageKey"] = account.Key }));

    /// <summary>Lists what the caller may do: all, as an owner; only the token's holder gets here.</summary>
    public static Task<ArmReply> ListPermissions(ArmRequest request) => Task.FromResult(Page.Of(request, [0], _ => new JsonObject
    {
        ["actions"] = new JsonArray("*"),
        ["notActions"] = new JsonArray(),
        ["dataActions"] = new JsonArray("*"),
        ["notDataActions"] = new JsonArray(),
    }));

    /// <inheritdoc />
    public (string Id, JsonElement Tags) ReadTags(ArmRequest request) => (scope.WorkspacePath, TagsIn(store.Current));

    /// <inheritdoc />
    public JsonElement ChangeTags(ArmRequest request, Func<JsonElement, JsonElement> change) => store.Update(state =>
    {
        var wanted = change(TagsIn(state));
        return (state with { TagSets = state.TagSets.SetItem(scope.WorkspacePath, new TagSet(wanted)) }, wanted);
    });

    private JsonElement TagsIn(WorkspaceState state) => state.TagSets.GetValueOrDefault(scope.WorkspacePath)?.Tags ?? ArmJson.Empty;

    private JsonObject Subscription() => new()
    {
        ["id"] = scope.SubscriptionPath,
        ["authorizationSource"] = "RoleBased",
        ["managedByTenants"] = new JsonArray(),
        ["subscriptionId"] = scope.SubscriptionId,
        ["tenantId"] = scope.TenantId.ToString(),
        ["displayName"] = "Local Azure ML",
        ["state"] = "Enabled",
        ["subscriptionPolicies"] = new JsonObject
        {
            ["locationPlacementId"] = "Public_2014-09-01",
            ["quotaId"] = "PayAsYouGo_2014-09-01",
            ["spendingLimit"] = "Off",
        },
    };

    private JsonObject Group() => new()
    {
        ["id"] = scope.GroupPath,
        ["name"] = scope.ResourceGroup,
        ["type"] = "Microsoft.Resources/resourceGroups",
        ["location"] = scope.Location,
        ["tags"] = new JsonObject(),
        ["properties"] = new JsonObject { ["provisioningState"] = "Succeeded" },
    };

    private JsonObject Provider() => new()
    {
        ["id"] = $"{scope.SubscriptionPath}/providers/{ArmScope.Provider}",
        ["namespace"] = ArmScope.Provider,
        ["registrationState"] = "Registered",
        ["registrationPolicy"] = "RegistrationRequired",
        ["resourceTypes"] = new JsonArray(
        [
            .. TrackedTypes.Select(type => ResourceType(
                type,
                "CrossResourceGroupResourceMove, CrossSubscriptionResourceMove, SystemAssignedResourceIdentity, SupportsTags, SupportsLocation")),
            .. OtherTypes.Select(type => ResourceType(type, "None")),
        ]),
    };

    private JsonObject ResourceType(string type, string capabilities) => new()
    {
        ["resourceType"] = type,
        ["locations"] = new JsonArray(scope.Location),
        ["apiVersions"] = new JsonArray([.. ApiVersions.Select(version => JsonValue.Create(version))]),
        ["capabilities"] = capabilities,
    };

    private JsonObject Listed(JsonObject resource, string[] expand)
    {
        var names = ((string)resource["id"]!)[$"{scope.GroupPath}/providers/{ArmScope.Provider}/".Length..].Split('/').Where((_, index) => index % 2 == 1);
        var listed = new JsonObject { ["id"] = resource["id"]!.DeepClone(), ["name"] = string.Join('/', names) };
        foreach (var member in ListedMembers.Where(resource.ContainsKey))
        {
            listed[member] = resource[member]?.DeepClone();
        }

        foreach (var (name, of) in ExpandedMembers.Where(member => expand.Contains(member.Name, StringComparer.OrdinalIgnoreCase)))
        {
            listed[name] = of(resource)?.DeepClone();
        }

        return listed;
    }

    private JsonObject Workspace()
    {
        var providers = $"{scope.GroupPath}/providers";
        return new JsonObject
        {
            ["id"] = scope.WorkspacePath,
            ["name"] = scope.Workspace,
            ["type"] = $"{ArmScope.Provider}/workspaces",
            ["location"] = scope.Location,
            ["tags"] = ArmJson.Object(TagsIn(store.Current)),
            ["etag"] = null,
            ["properties"] = new JsonObject
            {
                ["friendlyName"] = scope.Workspace,
                ["description"] = "",
                ["storageAccount"] = scope.StorageAccountPath,
                ["keyVault"] = $"{providers}/Microsoft.KeyVault/vaults/{account.Name}",
                ["applicationInsights"] = $"{providers}/Microsoft.Insights/components/{account.Name}",
                ["hbiWorkspace"] = false,
                ["tenantId"] = scope.TenantId.ToString(),
                ["imageBuildCompute"] = null,
                ["provisioningState"] = "Succeeded",
                ["containerRegistry"] = null,
                ["notebookInfo"] = null,
                ["storageHnsEnabled"] = false,
                ["workspaceId"] = scope.WorkspaceId.ToString(),
                ["linkedModelInventoryArmId"] = null,
                ["privateLinkCount"] = 0,
                ["publicNetworkAccess"] = "Enabled",
                ["discoveryUrl"] = $"https://localhost:{scope.Port}/discovery",
                ["mlFlowTrackingUri"] = $"azureml://{scope.Location}.api.azureml.ms/mlflow/v1.0{scope.WorkspacePath}",
                ["sasGetterUri"] = null,
            },
            ["identity"] = new JsonObject
            {
                ["type"] = "SystemAssigned",
                ["principalId"] = scope.WorkspaceId.ToString(),
                ["tenantId"] = scope.TenantId.ToString(),
            },
            ["sku"] = new JsonObject { ["name"] = "Basic", ["tier"] = "Basic" },
            ["systemData"] = SystemData.Asset(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch),
        };
    }
}
