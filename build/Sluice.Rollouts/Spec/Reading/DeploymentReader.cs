using System.Text.RegularExpressions;
using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>
/// Reads a deployment's file in the schema of <c>az ml online-deployment create</c>
/// (learn.microsoft.com/azure/machine-learning/reference-yaml-deployment-managed-online).
/// </summary>
/// <param name="name">The rule for the deployment's name.</param>
/// <param name="given">What arguments and environment variables say instead.</param>
/// <param name="notes">Takes what is ignored.</param>
internal sealed partial class DeploymentReader(Format<string> name, SpecOverrides given, Mistakes notes)
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly Format<bool> Types = Formats.OneOf(("managed", true));
    private static readonly Format<bool> ModelTypes = Formats.OneOf(("mlflow_model", true));
    private static readonly Format<string> LocalPath = Formats.Matching(
        "a path on this machine, relative to this file", @"^(?!azureml:|https?:|wasbs?:|abfss?:|runs:)[^\0]*\S[^\0]*$");

    private static readonly Format<bool> ScaleTypes = Formats.OneOf(("default", false), ("target_utilization", true));

    /// <summary>Reads the document.</summary>
    public DeploymentFile Read(MapReader map)
    {
        map.Ignored("$schema", "id", "provisioning_state");
        map.NotSupported(
            "Azure runs an MLflow model without code, in the environment of its conda.yaml", "code_configuration", "environment");
        map.NotSupported("it belongs to a container of one's own", "model_mount_path");
        map.NotSupported("leave it out", "data_collector", "startup_probe", "resources", "package_model");
        map.OrDefault("type", Types, true);

        var deployment = map.Required("name", name);
        return new DeploymentFile(
            new DeploymentSpec
            {
                Name = deployment.Value,
                InstanceType = map.Required(
                    "instance_type", Formats.Text, argument: Arguments.Of("--instance-type", given.InstanceType)).Value,
                InstanceCount = map.OrDefault(
                    "instance_count", Formats.Whole(1, 50), 1, argument: Arguments.Of("--instance-count", given.InstanceCount)).Value,
                Description = map.Optional("description", Formats.AnyText)?.Value,
                EnvironmentVariables = map.Names("environment_variables", Formats.AnyText),
                Tags = map.Names("tags", Formats.AnyText),
                Properties = map.Names("properties", Formats.AnyText),
                AppInsightsEnabled = map.OrDefault("app_insights_enabled", Formats.Flag, false).Value,
                EgressPublicNetworkAccess = map.OrDefault("egress_public_network_access", Formats.Enabled, true).Value,
                RequestSettings = map.OptionalSection("request_settings", ReadRequestSettings),
                LivenessProbe = map.OptionalSection("liveness_probe", ReadProbe),
                ReadinessProbe = map.OptionalSection("readiness_probe", ReadProbe),
                AutoScale = map.OptionalSection("scale_settings", ReadScaleSettings),
            },
            deployment,
            map.Optional("endpoint_name", Formats.Text),
            ReadModel(map));
    }

    private static RequestSettingsSpec ReadRequestSettings(MapReader map) => new(
        map.Optional("request_timeout_ms", Formats.TimeIn("milliseconds", Millisecond, 1, 180_000))?.Value,
        map.Optional("max_concurrent_requests_per_instance", Formats.Whole(1, 10_000))?.Value,
        map.Optional("max_queue_wait_ms", Formats.TimeIn("milliseconds", Millisecond, 0, 180_000))?.Value);

    private static ContainerProbeSpec ReadProbe(MapReader map) => new(
        map.Optional("initial_delay", Formats.TimeIn("seconds", Second, 1, 3600))?.Value,
        map.Optional("period", Formats.TimeIn("seconds", Second, 1, 3600))?.Value,
        map.Optional("timeout", Formats.TimeIn("seconds", Second, 1, 3600))?.Value,
        map.Optional("success_threshold", Formats.Whole(1, 1000))?.Value,
        map.Optional("failure_threshold", Formats.Whole(1, 1000))?.Value);

    private static TargetUtilizationSpec? ReadScaleSettings(MapReader map)
    {
        var isByUtilization = map.OrDefault("type", ScaleTypes, false);
        var least = map.Optional("min_instances", Formats.Whole(1, 50));
        var most = map.Optional("max_instances", Formats.Whole(1, 50));
        var settings = new TargetUtilizationSpec(
            least?.Value,
            most?.Value,
            map.Optional("polling_interval", Formats.TimeIn("seconds", Second, 1, 3600))?.Value,
            map.Optional("target_utilization_percentage", Formats.Whole(1, 100))?.Value);
        if (least is { IsGood: true } && most is { IsGood: true } && most.Value < least.Value)
        {
            map.Mistake("max_instances", $"{map.PathOf("max_instances")} is {most.Value}; allowed: at least min_instances, {least.Value}.");
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

        return isByUtilization.Value ? settings : null;
    }

    private ModelReference ReadModel(MapReader map) => map.Node("model") switch
    {
        SpecMap => map.Section("model", ReadInlineModel),
        SpecScalar scalar => ReadModelId(map, scalar),
        { } other => Unreadable(map, other),
        null => new ModelReference(null, null),
    };

    private ModelReference ReadInlineModel(MapReader map)
    {
        map.Ignored("$schema", "id", "description", "tags", "properties", "flavors", "stage");
        map.OrDefault("type", ModelTypes, true);
        NoteVersion(map.KeyPlace("version"), map.Optional("version", Formats.Text)?.Value);
        return new ModelReference(
            map.Optional("name", Names.Model),
            FilePath.From(map.Optional("path", LocalPath)));
    }

    private ModelReference ReadModelId(MapReader map, SpecScalar scalar)
    {
        var id = ModelId().Match(scalar.Text);
        if (!id.Success)
        {
            return Unreadable(map, scalar);
        }

        NoteVersion(scalar.Place, id.Groups["version"].Value);
        return new ModelReference(new Field<string>(id.Groups["name"].Value, scalar.Place), null);
    }

    private static ModelReference Unreadable(MapReader map, SpecNode found)
    {
        map.Mistake(
            found.Place,
            $"{map.PathOf("model")} is {found.Found}; allowed: azureml:name:version, azureml:name@latest, or a map with the path of an "
            + "MLflow folder.");
        return new ModelReference(null, null);
    }

    private void NoteVersion(Place place, string? version)
    {
        if (!string.IsNullOrEmpty(version))
        {
            notes.Add(place, $"The model's version {version} is not taken over: the rollout deploys the version that it registers.");
        }
    }

    [GeneratedRegex("^azureml:(?<name>[^:@/]+)(:(?<version>[^:@/]+)|@latest)?$", RegexOptions.CultureInvariant)]
    private static partial Regex ModelId();
}
