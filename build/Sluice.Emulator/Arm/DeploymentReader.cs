using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Emulator.Workspaces;
using static Sluice.Emulator.Arm.TypedMembers;

namespace Sluice.Emulator.Arm;

/// <summary>
/// Reads a deployment as a client writes it. Members and their types are those of Azure's REST specification from 2022-02-01-preview to today
/// (<c>OnlineDeploymentProperties</c> and what derives from it); what no version has is not kept, as the service answers with what it has read.
/// </summary>
internal static class DeploymentReader
{
    /// <summary>The service's own entry in <c>properties.properties</c>; clients send it back.</summary>
    public const string OwnProperty = "AzureAsyncOperationUri";

    private static readonly (string, Func<JsonInput, string, JsonNode?>)[] Probe =
    [
        ("failureThreshold", Integer), ("successThreshold", Integer), ("timeout", Duration), ("period", Duration), ("initialDelay", Duration),
    ];

    private static readonly (string, Func<JsonInput, string, JsonNode?>)[] Resources = [("cpu", Text), ("gpu", Text), ("memory", Text)];

    private static readonly TypedMembers Members = new(
        ("description", Text),
        ("properties", TextsBeside(OwnProperty)),
        ("codeConfiguration", Only(("codeId", Text), ("scoringScript", Text))),
        ("environmentId", Text),
        ("environmentVariables", Texts),
        ("modelMountPath", Text),
        ("appInsightsEnabled", Flag),
        ("livenessProbe", Only(Probe)),
        ("readinessProbe", Only(Probe)),
        ("startupProbe", Only(Probe)),
        ("privateNetworkConnection", Flag),
        ("egressPublicNetworkAccess", Choice("Enabled", "Disabled")),
        ("dataCollector", Only(
            ("collections", Map(Only(
                ("clientId", Text), ("dataCollectionMode", Choice("Enabled", "Disabled")), ("dataId", Text), ("samplingRate", Number)))),
            ("requestLogging", Only(("captureHeaders", TextList))),
            ("rollingRate", Choice("Year", "Month", "Day", "Hour", "Minute")))),
        ("containerResourceRequirements", Only(("containerResourceRequests", Only(Resources)), ("containerResourceLimits", Only(Resources)))));

    private static readonly TypedMembers Scale = new(("pollingInterval", Duration), ("targetUtilizationPercentage", Integer));
    private static readonly TypedMembers Sku = new(("size", Text), ("family", Text));
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ManagedTimeoutLimit = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan KubernetesTimeoutLimit = TimeSpan.FromSeconds(300);

    /// <summary>Reads the body of a PUT.</summary>
    public static DeploymentContent Read(JsonInput body)
    {
        var location = Locations.Read(body);
        var properties = body.TakeRequiredObject("properties");
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
            body.TakeObject("identity") is { } identity ? ArmJson.Keep(UserIdentities.Read(identity)) : null,
            sku,
            Assemble(properties, scale, queueWait));
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
            foreach (var (name, value) in Scale.ReadKnown(settings))
            {
                scale[name] = value?.DeepClone();
            }
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
        return ArmJson.Keep(Sku.ReadKnown(sku));
    }

    private static JsonElement Assemble(JsonInput properties, JsonObject scale, TimeSpan queueWait)
    {
        var read = Members.ReadKnown(properties);
        read["scaleSettings"] = scale;
        read["requestSettings"] = new JsonObject { ["maxQueueWait"] = WireTime.Duration(queueWait) };
        return ArmJson.Keep(read);
    }
}
