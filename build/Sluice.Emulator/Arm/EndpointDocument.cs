using System.Text.Json.Nodes;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Arm;

/// <summary>Writes an endpoint as the service does, members in its order.</summary>
internal static class EndpointDocument
{
    /// <summary>The document of an endpoint.</summary>
    public static JsonObject Of(Endpoint endpoint, ArmScope scope, string root)
    {
        var content = endpoint.Content;
        var id = IdOf(endpoint, scope);
        var properties = new JsonObject
        {
            ["description"] = content.Description,
            ["properties"] = Custom(endpoint, scope, id, root),
            ["scoringUri"] = endpoint.HasSucceeded ? $"{scope.ScoringRoot(endpoint.Name)}score" : null,
            ["swaggerUri"] = endpoint.HasSucceeded ? $"{scope.ScoringRoot(endpoint.Name)}swagger.json" : null,
            ["authMode"] = content.AuthMode,
            ["provisioningState"] = endpoint.State.ToString(),
            ["compute"] = content.Compute,
            ["traffic"] = Map(content.Traffic),
            ["mirrorTraffic"] = Map(content.MirrorTraffic),
            ["publicNetworkAccess"] = content.PublicNetworkAccess,
        };
        var document = new JsonObject
        {
            ["id"] = id,
            ["name"] = endpoint.Name,
            ["type"] = $"{ArmScope.Provider}/workspaces/onlineEndpoints",
            ["properties"] = properties,
            ["systemData"] = SystemData.Tracked(endpoint.CreatedAt, endpoint.ModifiedAt),
            ["tags"] = ArmJson.Object(content.Tags),
            ["location"] = content.Location,
            ["kind"] = content.IsManaged ? "Managed" : "K8S",
            ["identity"] = Identity(endpoint, scope),
        };
        if (content.Sku is { } sku)
        {
            document["sku"] = ArmJson.Object(sku);
        }

        return document;
    }

    /// <summary>The ARM id of an endpoint.</summary>
    public static string IdOf(Endpoint endpoint, ArmScope scope) => $"{scope.WorkspacePath}/onlineEndpoints/{endpoint.Name}";

    private static JsonObject Custom(Endpoint endpoint, ArmScope scope, string id, string root)
    {
        var custom = new JsonObject
        {
            [EndpointReader.OwnProperties[0]] = id.ToLowerInvariant(),
            [EndpointReader.OwnProperties[1]] = OperationLinks.Status(root, scope, endpoint.LastOperation, isDeployment: false),
        };
        foreach (var member in endpoint.Content.CustomProperties.EnumerateObject())
        {
            custom[member.Name] = ArmJson.Node(member.Value);
        }

        return custom;
    }

    private static JsonObject Map(IReadOnlyDictionary<string, int> shares)
    {
        var map = new JsonObject();
        foreach (var (deployment, share) in shares)
        {
            map[deployment] = share;
        }

        return map;
    }

    private static JsonObject Identity(Endpoint endpoint, ArmScope scope)
    {
        var identity = UserIdentities.Shown(ArmJson.Object(endpoint.Content.Identity));
        if (identity["type"]?.GetValue<string>().StartsWith("SystemAssigned", StringComparison.Ordinal) == true)
        {
            identity["principalId"] = endpoint.PrincipalId.ToString();
            identity["tenantId"] = scope.TenantId.ToString();
        }

        return identity;
    }
}
