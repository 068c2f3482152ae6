using System.Text.Json.Nodes;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Arm;

/// <summary>Writes a deployment as the service does, members in its order.</summary>
internal static class DeploymentDocument
{
    /// <summary>The document of a deployment.</summary>
    public static JsonObject Of(Deployment deployment, ArmScope scope, string root)
    {
        var content = deployment.Content;
        var document = new JsonObject
        {
            ["id"] = IdOf(deployment, scope),
            ["name"] = deployment.Name,
            ["type"] = $"{ArmScope.Provider}/workspaces/onlineEndpoints/deployments",
            ["properties"] = Properties(deployment, scope, root),
            ["systemData"] = SystemData.Tracked(deployment.CreatedAt, deployment.ModifiedAt),
            ["tags"] = ArmJson.Object(content.Tags),
            ["location"] = content.Location,
            ["kind"] = content.ComputeType == DeploymentContent.Managed ? DeploymentContent.Managed : "K8S",
        };
        if (content.Identity is { } identity)
        {
            document["identity"] = UserIdentities.Shown(ArmJson.Object(identity));
        }

        var sku = new JsonObject { ["name"] = "Default", ["tier"] = "Standard", ["capacity"] = content.InstanceCount };
        foreach (var member in content.Sku.EnumerateObject())
        {
            sku[member.Name] = ArmJson.Node(member.Value);
        }

        document["sku"] = sku;
        return document;
    }

    /// <summary>The ARM id of a deployment.</summary>
    public static string IdOf(Deployment deployment, ArmScope scope) =>
        $"{scope.WorkspacePath}/onlineEndpoints/{deployment.Endpoint}/deployments/{deployment.Name}";

    private static JsonObject Properties(Deployment deployment, ArmScope scope, string root)
    {
        var content = deployment.Content;
        var sent = ArmJson.Object(content.Properties);
        var properties = new JsonObject
        {
            ["description"] = Take(sent, "description"),
            ["properties"] = Custom(Take(sent, "properties"), deployment, scope, root),
            ["codeConfiguration"] = Take(sent, "codeConfiguration"),
            ["environmentId"] = Take(sent, "environmentId"),
            ["environmentVariables"] = Take(sent, "environmentVariables") ?? new JsonObject(),
            ["scaleSettings"] = Take(sent, "scaleSettings"),
            ["requestSettings"] = RequestSettings(deployment, Take(sent, "requestSettings")),
            ["modelMountPath"] = Take(sent, "modelMountPath"),
            ["appInsightsEnabled"] = Take(sent, "appInsightsEnabled") ?? false,
            ["livenessProbe"] = Probe(deployment, Take(sent, "livenessProbe")),
            ["readinessProbe"] = Probe(deployment, Take(sent, "readinessProbe")),
            ["provisioningState"] = deployment.State.ToString(),
            ["instanceType"] = content.InstanceType,
            ["model"] = content.Model,
        };
        if (content.ComputeType == DeploymentContent.Managed)
        {
            properties["privateNetworkConnection"] = Take(sent, "privateNetworkConnection") ?? false;
            properties["egressPublicNetworkAccess"] = Take(sent, "egressPublicNetworkAccess") ?? "Enabled";
        }

        properties["endpointComputeType"] = content.ComputeType;
        Append(properties, sent);
        return properties;
    }

    private static JsonObject Custom(JsonNode? sent, Deployment deployment, ArmScope scope, string root)
    {
        var custom = new JsonObject
        {
            [DeploymentReader.OwnProperty] = OperationLinks.Status(root, scope, deployment.LastOperation, isDeployment: true),
        };
        Append(custom, sent);
        return custom;
    }

    // Until the first operation has succeeded the service shows no timeouts and no probes.
    private static JsonObject RequestSettings(Deployment deployment, JsonNode? sent) => new()
    {
        ["maxQueueWait"] = deployment.HasSucceeded ? sent?["maxQueueWait"]?.DeepClone() : WireTime.Duration(TimeSpan.Zero),
        ["requestTimeout"] = WireTime.Duration(deployment.HasSucceeded ? deployment.Content.RequestTimeout : TimeSpan.Zero),
        ["maxConcurrentRequestsPerInstance"] = deployment.Content.MaxConcurrentRequests,
    };

    private static JsonObject? Probe(Deployment deployment, JsonNode? sent)
    {
        if (!deployment.HasSucceeded)
        {
            return null;
        }

        var probe = sent as JsonObject ?? [];
        return new JsonObject
        {
            ["failureThreshold"] = probe["failureThreshold"]?.DeepClone() ?? 30,
            ["successThreshold"] = probe["successThreshold"]?.DeepClone() ?? 1,
            ["timeout"] = probe["timeout"]?.DeepClone() ?? "PT2S",
            ["period"] = probe["period"]?.DeepClone() ?? "PT10S",
            ["initialDelay"] = probe["initialDelay"]?.DeepClone() ?? "PT10S",
        };
    }

    private static void Append(JsonObject target, JsonNode? members)
    {
        foreach (var (name, value) in (members as JsonObject ?? []).Where(member => !target.ContainsKey(member.Key)))
        {
            target[name] = value?.DeepClone();
        }
    }

    private static JsonNode? Take(JsonObject from, string name)
    {
        if (from.TryGetPropertyValue(name, out var node))
        {
            from.Remove(name);
        }

        return node;
    }
}
