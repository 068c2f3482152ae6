using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Arm;

/// <summary>Reads a deployment as a client writes it.</summary>
internal static class DeploymentReader
{
    /// <summary>The service's own entry in <c>properties.properties</c>; clients send it back.</summary>
    public const string OwnProperty = "AzureAsyncOperationUri";

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ManagedTimeoutLimit = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan KubernetesTimeoutLimit = TimeSpan.FromSeconds(300);

    /// <summary>Reads the body of a PUT.</summary>
    public static DeploymentContent Read(JsonInput body)
    {
        var location = Locations.Read(body);
        var properties = body.TakeRequiredObject("properties");
        properties.Drop("provisioningState");
        var computeType = properties.TakeRequiredChoice("endpointComputeType", DeploymentContent.Managed, DeploymentContent.Kubernetes, "AzureMLCompute");
        var instanceType = ReadInstanceType(properties, computeType);
        var model = properties.TakeText("model") is { Length: > 0 } text ? DatastorePath.Canonical(text) : null;
        var scale = ReadScale(properties, out var minimum);
        var request = properties.TakeObject("requestSettings");
        var timeout = ReadTimeout(request, computeType);
        var concurrency = request?.TakeInteger("maxConcurrentRequestsPerInstance") ?? 1;
        if (concurrency < 1)
        {
            throw Refuse.Invalid($"properties.requestSettings.maxConcurrentRequestsPerInstance is {concurrency}; allowed is 1 or more.");
        }

        var queueWait = request?.TakeDuration("maxQueueWait") ?? TimeSpan.Zero;
        var tags = body.TakeTags("tags") ?? ArmJson.Empty;
        var sku = ReadSku(body, minimum, out var instances);
        return new DeploymentContent(
            location,
            computeType,
            model,
            instanceType,
            instances ?? minimum,
            timeout,
            concurrency,
            tags,
            body.TakeObject("identity")?.Rest(),
            sku,
            Assemble(properties, scale, queueWait, request?.Rest()));
    }

    /// <summary>Reads the body of a PATCH: tags and sku; everything else is ignored, as the service does.</summary>
    public static DeploymentContent Patch(JsonInput body, DeploymentContent content)
    {
        var tags = body.TakeTags("tags") ?? content.Tags;
        var sku = ReadSku(body, content.InstanceCount, out var instances);
        return content with { Tags = tags, InstanceCount = instances ?? content.InstanceCount, Sku = instances is null ? content.Sku : sku };
    }

    private static string? ReadInstanceType(JsonInput properties, string computeType)
    {
        var instanceType = properties.TakeText("instanceType");
        if (computeType != DeploymentContent.Managed)
        {
            return instanceType;
        }

        if (string.IsNullOrEmpty(instanceType))
        {
            throw Refuse.Invalid("properties.instanceType is missing; a managed deployment needs one, for example Standard_DS2_v2.");
        }

        InstanceTypes.Check(instanceType);
        return instanceType;
    }

    private static JsonObject ReadScale(JsonInput properties, out int minimum)
    {
        minimum = 1;
        var scale = new JsonObject { ["scaleType"] = "Default" };
        if (properties.TakeObject("scaleSettings") is not { } settings)
        {
            return scale;
        }

        scale["scaleType"] = settings.TakeChoice("scaleType", "Default", "TargetUtilization") ?? "Default";
        if ((string?)scale["scaleType"] == "TargetUtilization")
        {
            minimum = settings.TakeInteger("minInstances") ?? 1;
            var maximum = settings.TakeInteger("maxInstances") ?? Math.Max(1, minimum);
            if (minimum < 1 || maximum < minimum)
            {
                throw Refuse.Invalid($"properties.scaleSettings asks for {minimum} to {maximum} instances; the first is at least 1 and not above the second.");
            }

            scale["minInstances"] = minimum;
            scale["maxInstances"] = maximum;
        }

        foreach (var member in settings.Rest().EnumerateObject())
        {
            scale[member.Name] = ArmJson.Node(member.Value);
        }

        return scale;
    }

    private static TimeSpan ReadTimeout(JsonInput? request, string computeType)
    {
        var timeout = request?.TakeDuration("requestTimeout");

        // A client that sends back what it read while the first operation ran sends PT0S.
        if (timeout is null || timeout == TimeSpan.Zero)
        {
            return DefaultTimeout;
        }

        var limit = computeType == DeploymentContent.Managed ? ManagedTimeoutLimit : KubernetesTimeoutLimit;
        return timeout > TimeSpan.Zero && timeout <= limit
            ? timeout.Value
            : throw Refuse.Invalid(
                $"properties.requestSettings.requestTimeout is {WireTime.Duration(timeout.Value)}; allowed is up to {WireTime.Duration(limit)}.");
    }

    private static JsonElement ReadSku(JsonInput body, int otherwise, out int? instances)
    {
        instances = null;
        if (body.TakeObject("sku") is not { } sku)
        {
            return ArmJson.Empty;
        }

        instances = sku.TakeInteger("capacity") ?? otherwise;
        sku.TakeChoice("name", "Default");
        sku.TakeText("tier");
        return sku.Rest();
    }

    private static JsonElement Assemble(JsonInput properties, JsonObject scale, TimeSpan queueWait, JsonElement? request)
    {
        var custom = properties.TakeObject("properties");
        custom?.Drop(OwnProperty);
        var rest = ArmJson.Object(properties.Rest());
        rest["properties"] = custom is null ? new JsonObject() : ArmJson.Node(custom.Rest());
        rest["scaleSettings"] = scale;
        var settings = request is { } others ? ArmJson.Object(others) : [];
        settings["maxQueueWait"] = WireTime.Duration(queueWait);
        rest["requestSettings"] = settings;
        return ArmJson.Keep(rest);
    }
}
