using System.Text.RegularExpressions;
using Sluice.Rollouts.Spec.Reading.Documents;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>
/// Reads a deployment's file in the schema of <c>az ml online-deployment create</c> (learn.microsoft.com/azure/machine-learning,
/// reference-yaml-deployment-managed-online and reference-yaml-deployment-kubernetes-online). The keys are those of the official client
/// (Azure/azure-sdk-for-python, <c>sdk/ml/azure-ai-ml/azure/ai/ml/_schema/_deployment/online/online_deployment.py</c>).
/// </summary>
/// <param name="name">The rule for the deployment's name.</param>
/// <param name="given">What arguments and environment variables say instead.</param>
/// <param name="notes">Takes what is ignored.</param>
internal sealed partial class DeploymentReader(Format<string> name, SpecOverrides given, Mistakes notes)
{
    /// <summary>
    /// Instances of a managed deployment, unless Microsoft has granted the subscription more (documentation: "Manage and increase quotas and
    /// limits for resources", online endpoints); a Kubernetes cluster has no such limit.
    /// </summary>
    private const int UsualInstances = 50;

    private static readonly Format<int> Instances = Formats.Whole(1, 1000);
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly Format<ComputeKind> Types = Formats.OneOf(
        ("managed", ComputeKind.Managed),
        ("kubernetes", ComputeKind.Kubernetes));

    private static readonly Format<string> ModelPath = Formats.Matching(
        "a path on this machine, relative to this file", @"^(?!azureml:|https?:|wasbs?:|abfss?:|runs:)[^\0]*[^\0\s][^\0]*$");

    private static readonly Format<bool> ScaleTypes = Formats.OneOf(("default", false), ("target_utilization", true));

    private static readonly Format<string> Quantity = Formats.Matching(
        "an amount as Kubernetes writes it, for example 1, 0.5, 500m or 2Gi",
        @"^[0-9]+(\.[0-9]+)?(m|k|[KMGTPE]i?|[eE][0-9]+)?$");

    private static readonly Format<string> MountPath = Formats.Matching("an absolute path in the container", @"^/[^\0]*$");

    /// <summary>Reads the document.</summary>
    public DeploymentFile Read(MapReader map)
    {
        map.Ignored("$schema", "id", "resourceGroup", "location", "provisioning_state", "creation_context");
        var type = map.OrDefault("type", Types, ComputeKind.Managed);
        var kind = type.Value;
        if (type.IsGood)
        {
            CheckKeysOf(map, kind);
        }

        if (map.Optional("private_network_connection", Formats.Flag) is { IsGood: true, Value: true } connection)
        {
            // The preview that had it set two members; the service's own API has replaced both.
            map.Mistake(connection.Place, "private_network_connection is not taken: egress_public_network_access: disabled says it.");
        }

        var deployment = map.Required("name", name);
        var instanceType = given.Argument("--instance-type", given.InstanceType);
        var code = map.OptionalSection("code_configuration", ScoringCodeReader.Read);
        var environment = EnvironmentReader.Read(map);
        if (map.Has("code_configuration") && !map.Has("environment"))
        {
            map.Mistake(
                "code_configuration", "code_configuration is written without environment; allowed: both, or none for an MLflow model.");
        }

        return new DeploymentFile(
            new DeploymentSpec
            {
                Name = deployment.Value,
                ComputeKind = kind,
                InstanceType = kind == ComputeKind.Kubernetes
                    ? map.Optional("instance_type", Formats.Text, argument: instanceType)?.Value ?? ""
                    : map.Required("instance_type", Formats.Text, argument: instanceType).Value,
                InstanceCount = ReadInstanceCount(map, kind),
                Description = map.Optional("description", Formats.AnyText)?.Value,
                EnvironmentVariables = map.Names("environment_variables", Formats.FreeValue),
                Tags = ResourceTags.Read(map, RoleTags.Names),
                Properties = map.Names("properties", Formats.FreeValue),
                AppInsightsEnabled = map.OrDefault("app_insights_enabled", Formats.Flag, false).Value,
                EgressPublicNetworkAccess = map.OrDefault("egress_public_network_access", Formats.Enabled, true).Value,
                Code = code,
                Environment = environment,
                ModelMountPath = map.Optional("model_mount_path", MountPath)?.Value,
                Resources = map.OptionalSection("resources", ReadResources),
                DataCollector = map.OptionalSection("data_collector", DataCollectorReader.Read),
                RequestSettings = map.OptionalSection("request_settings", settings => ReadRequestSettings(settings, kind)),
                LivenessProbe = map.OptionalSection("liveness_probe", ReadProbe),
                ReadinessProbe = map.OptionalSection("readiness_probe", ReadProbe),
                Scale = map.OptionalSection("scale_settings", settings => ReadScaleSettings(settings, kind)),
            },
            deployment,
            type,
            map.Optional("endpoint_name", Formats.Text),
            ReadModel(map));
    }

    private static void CheckKeysOf(MapReader map, ComputeKind kind)
    {
        var (others, wanted) = kind == ComputeKind.Managed
            ? (new[] { "resources" }, "kubernetes")
            : (["egress_public_network_access", "private_network_connection"], "managed");
        foreach (var key in others.Where(map.Has))
        {
            map.Mistake(key, $"{map.PathOf(key)} is written; allowed: only with the type {wanted}.");
        }
    }

    private static ResourcesSpec ReadResources(MapReader map) => new(
        map.OptionalSection("requests", ReadAmounts),
        map.OptionalSection("limits", ReadAmounts));

    private static ResourceAmountsSpec ReadAmounts(MapReader map) => new(
        map.Optional("cpu", Quantity)?.Value,
        map.Optional("memory", Quantity)?.Value,
        (map.Optional("nvidia.com/gpu", Quantity) ?? map.Optional("gpu", Quantity))?.Value);

    // 180 s on managed endpoints, 300 s on Kubernetes (learn.microsoft.com, how-to-manage-quotas).
    private static RequestSettingsSpec ReadRequestSettings(MapReader map, ComputeKind kind)
    {
        var longest = kind == ComputeKind.Managed ? 180_000 : 300_000;
        return new(
            map.Optional("request_timeout_ms", Formats.TimeIn("milliseconds", Millisecond, 1, longest))?.Value,
            map.Optional("max_concurrent_requests_per_instance", Formats.Whole(1, 10_000))?.Value,
            map.Optional("max_queue_wait_ms", Formats.TimeIn("milliseconds", Millisecond, 0, longest))?.Value);
    }

    private int ReadInstanceCount(MapReader map, ComputeKind kind)
    {
        var count = map.OrDefault("instance_count", Instances, 1, argument: given.Argument("--instance-count", given.InstanceCount));
        if (kind == ComputeKind.Managed && count is { IsGood: true, Value: > UsualInstances })
        {
            notes.Add(
                count.Place,
                $"instance_count is {count.Value}: Azure gives a managed deployment at most {UsualInstances} instances, unless the subscription was granted more.");
        }

        return count.Value;
    }

    private static ContainerProbeSpec ReadProbe(MapReader map) => new(
        map.Optional("initial_delay", Formats.TimeIn("seconds", Second, 1, 3600))?.Value,
        map.Optional("period", Formats.TimeIn("seconds", Second, 1, 3600))?.Value,
        map.Optional("timeout", Formats.TimeIn("seconds", Second, 1, 3600))?.Value,
        map.Optional("success_threshold", Formats.Whole(1, 1000))?.Value,
        map.Optional("failure_threshold", Formats.Whole(1, 1000))?.Value);

    private static ScaleSpec ReadScaleSettings(MapReader map, ComputeKind kind)
    {
        var isByUtilization = map.OrDefault("type", ScaleTypes, false);
        var least = map.Optional("min_instances", Instances);
        var most = map.Optional("max_instances", Instances);
        var settings = new TargetUtilizationSpec(
            least?.Value,
            most?.Value,
            map.Optional("polling_interval", Formats.TimeIn("seconds", Second, 1, 3600))?.Value,
            map.Optional("target_utilization_percentage", Formats.Whole(1, 100))?.Value);
        if (least is { IsGood: true } && most is { IsGood: true } && most.Value < least.Value)
        {
            map.Mistake("max_instances", $"{map.PathOf("max_instances")} is {most.Value}; allowed: at least min_instances, {least.Value}.");
        }

        if (isByUtilization is { IsGood: true, Value: true } && kind == ComputeKind.Managed)
        {
            // The official client refuses it, too; a managed deployment is scaled by rules of Azure Monitor.
            map.Mistake(
                isByUtilization.Place,
                $"{map.PathOf("type")} is \"target_utilization\"; allowed: default, unless the deployment's type is kubernetes.");
        }

        if (isByUtilization is { IsGood: true, Value: false })
        {
            foreach (var key in new[] { "min_instances", "max_instances", "polling_interval", "target_utilization_percentage" })
            {
                if (map.Has(key))
                {
                    map.Mistake(key, $"{map.PathOf(key)} is written; allowed: only with the type target_utilization.");
                }
            }
        }

        return isByUtilization.Value ? settings : new FixedScaleSpec();
    }

    private ModelReference ReadModel(MapReader map) => map.Node("model") switch
    {
        SpecMap => map.Section("model", ReadInlineModel),
        SpecScalar scalar => ReadModelId(map, scalar),
        { } other => Unreadable(map, other),
        null => new ModelReference(null, null, null),
    };

    private ModelReference ReadInlineModel(MapReader map)
    {
        map.Ignored("$schema", "id", "description", "tags", "properties", "flavors", "stage");
        var type = map.Optional("type", ConfigReader.ModelTypes);
        NoteVersion(map.KeyPlace("version"), map.Optional("version", Formats.Text)?.Value);
        return new ModelReference(
            map.Optional("name", Names.Model),
            FilePath.From(map.Optional("path", ModelPath)),
            type);
    }

    private ModelReference ReadModelId(MapReader map, SpecScalar scalar)
    {
        if (ModelAddress.Parse(scalar.Text) is RegistryModel registry)
        {
            // It has a name of its own there, which model.name need not be.
            NoteVersion(scalar.Place, registry.Version ?? "latest");
            return new ModelReference(null, null, null);
        }

        var id = ModelId().Match(scalar.Text);
        if (!id.Success)
        {
            return Unreadable(map, scalar);
        }

        NoteVersion(scalar.Place, id.Groups["version"].Value);
        return new ModelReference(new Field<string>(id.Groups["name"].Value, scalar.Place), null, null);
    }

    private static ModelReference Unreadable(MapReader map, SpecNode found)
    {
        map.Mistake(
            found.Place,
            $"{map.PathOf("model")} is {found.Found}; allowed: azureml:name:version, azureml:name@latest, "
            + "azureml://registries/registry/models/name/versions/version, or a map with the path of an MLflow folder.");
        return new ModelReference(null, null, null);
    }

    private void NoteVersion(Place place, string? version)
    {
        if (!string.IsNullOrEmpty(version))
        {
            notes.Add(place, $"The model's version {version} is not taken over: the rollout deploys the version that it registers.");
        }
    }

    [GeneratedRegex(
        @"\Aazureml:((?<name>[^:@/]+)(:(?<version>[^:@/]+)|@latest)?"
        + @"|/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\.MachineLearningServices/workspaces/[^/]+"
        + @"/models/(?<name>[^/]+)/versions/(?<version>[^/]+))\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ModelId();
}
