using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>
/// Reads the config file. Each key is one declaration: name, format, default, meaning, and the argument that wins over it. The JSON schema
/// is made of the same declarations.
/// </summary>
/// <param name="given">What arguments and environment variables say instead.</param>
/// <param name="file">Azure Machine Learning's own file, for what is left out of the workspace in Azure.</param>
/// <param name="notes">Takes what does not do what a person may expect.</param>
internal sealed class ConfigReader(SpecOverrides given, WorkspaceFile file, Mistakes notes)
{
    private static readonly Format<Cloud> Clouds = Formats.OneOf(
        ("local", Cloud.Local),
        ("AzureCloud", Cloud.AzureCloud),
        ("AzureChinaCloud", Cloud.AzureChinaCloud),
        ("AzureUSGovernment", Cloud.AzureUSGovernment));

    private static readonly Format<CredentialKind> Credentials = Formats.OneOf([.. CredentialNames.All.Select(each => (each.Name, each.Kind))]);

    /// <summary>What a model is made of, as <c>az ml</c> writes it.</summary>
    public static Format<ModelType> ModelTypes { get; } = Formats.OneOf([.. Spec.ModelTypes.Words]);

    private static readonly Format<LatencyProfile> Profiles = Formats.OneOf(
        ("instant", LatencyProfile.Instant),
        ("demo", LatencyProfile.Demo),
        ("azure", LatencyProfile.Azure));

    /// <summary>Reads the document.</summary>
    public ConfigFile Read(MapReader map)
    {
        map.Optional("$schema", Formats.Text, "The schema of this file, for editors.");
        var workspace = map.Section(
            "workspace", ReadWorkspace, "The workspace that holds the model and the endpoint.");
        var isLocal = workspace.Cloud == Cloud.Local;
        var emulator = map.Section(
            "emulator", ReadEmulator, "The local Azure ML; only with the cloud \"local\".");
        var model = map.Section(
            "model", ReadModel, "The model whose new version goes live.");
        var endpoint = map.Required(
            "endpoint", Formats.Path, "The endpoint's file, in the schema of az ml online-endpoint create.");
        var blue = map.Required(
            "blue", Formats.Path, "The first, stable deployment's file, in the schema of az ml online-deployment create.");
        var green = map.Required(
            "green", Formats.Path, "The candidate deployment's file, in the same schema. Its name is the prefix of the candidate's name.");
        var (policy, maximumStep) = map.Section(
            "policy", new PolicyReader(given).Read, "What a rollout may do, and when. A closed window holds it, and never takes it back.");
        var strategy = map.Section(
            "rollout", new StrategyReader(given, isLocal, maximumStep, notes).Read, "How the candidate earns its traffic.");
        var notifications = NotificationReader.ReadList(map);
        var (sample, requests) = map.RequiredSection(
            "probes", ReadProbes, "The requests that the rollout sends itself.");
        var load = map.OptionalSection(
            "load", ReadLoad, "The traffic of a local rollout; without it none is sent.");
        if (!isLocal)
        {
            ReportLocalOnly(map, "emulator", "load");
        }

        return new ConfigFile
        {
            Workspace = workspace,
            Emulator = isLocal ? emulator : null,
            ModelName = model.Name,
            ModelType = model.Type,
            Candidate = model.Candidate,
            Baseline = model.Baseline,
            Endpoint = FilePath.From(endpoint),
            Blue = FilePath.From(blue),
            Green = FilePath.From(green),
            Strategy = strategy,
            Policy = policy,
            Notifications = notifications,
            Sample = FilePath.From(sample),
            Requests = FilePath.From(requests),
            Load = load,
        };
    }

    private static void ReportLocalOnly(MapReader map, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (map.Has(key))
            {
                map.Mistake(key, $"{key} belongs to the local Azure ML; allowed: only with workspace.cloud \"local\".");
            }
        }
    }

    private static (Field<string> Sample, Field<string>? Requests) ReadProbes(MapReader map) => (
        map.Required(
            "sample",
            Formats.Path,
            "A JSON file with the body of the smoke test: {\"input_data\": …}, or what a scoring script of one's own takes."),
        map.Optional(
            "requests",
            Formats.Path,
            "A JSON file with the rows of the probes: {\"columns\": […], \"data\": [[…], …]}, or a list of bodies "
                + "such as the sample is, for tensors and scoring scripts. Without it the sample is the only probe."));

    private static LoadSpec ReadLoad(MapReader map) => new(
        map.OrDefault(
            "requestsPerSecond", Formats.NumberAbove(0, 500), 20, "Requests a second; a managed endpoint takes 500.").Value);

    private WorkspaceSpec ReadWorkspace(MapReader map)
    {
        var cloud = map.OrDefault(
            "cloud", Clouds, Cloud.AzureCloud, "The cloud as az cloud list names it; \"local\" is the one on this machine.").Value;
        var isLocal = cloud == Cloud.Local;
        var workspace = new WorkspaceSpec(
            cloud,
            Name(
                "subscriptionId",
                Formats.Guid,
                "The subscription.",
                given.Argument("--subscription", given.Subscription),
                Else(file.Subscription, $"{Guid.Empty}")),
            Name(
                "resourceGroup",
                Names.ResourceGroup,
                "The resource group.",
                given.Argument("--resource-group", given.ResourceGroup),
                Else(file.ResourceGroup, "rehearsal")),
            Name(
                "name", Names.Workspace, "The workspace.", given.Argument("--workspace-name", given.WorkspaceName), Else(file.Workspace, "rehearsal")),
            map.OrDefault(
                "credential",
                Credentials,
                CredentialKind.Default,
                "What signs the calls.",
                given.Argument("--credential", given.Credential)).Value,
            Tenant());
        file.NoteUse();
        return workspace;

        string? Tenant()
        {
            if (given.Rehearses)
            {
                map.Ignored("tenantId");
                return null;
            }

            return map.Optional(
                "tenantId", Formats.Text, "The tenant to sign in to; without it the credential's own.", given.Argument("--tenant", given.Tenant))
                ?.Value;
        }

        // Nobody is to be asked for the names of what a rehearsal does not touch.
        Elsewhere<string> Else(Elsewhere<string> elsewhere, string madeUp) =>
            given.Rehearses ? new(elsewhere.Name, () => new Field<string>(madeUp, map.Place)) : elsewhere;

        string Name(string key, Format<string> format, string what, Argument<string> argument, Elsewhere<string> elsewhere)
        {
            var about = $"{what} Required, with the cloud \"local\" as well; {argument.Name} works too, and in Azure so does {elsewhere.Name}.";
            return isLocal ? map.Required(key, format, about, argument).Value : map.Required(key, format, about, argument, elsewhere).Value;
        }
    }

    private EmulatorSpec ReadEmulator(MapReader map) => new(
        ReadStateFolder(map),
        map.OrDefault(
            "latency",
            Profiles,
            LatencyProfile.Demo,
            "How long operations take: no time, a second or two, or as on Azure.",
            given.Argument("--latency", given.Latency)).Value,
        map.OrDefault(
            "timeScale",
            Formats.NumberAbove(0, 100),
            1,
            "A factor on these times.",
            given.Argument("--time-scale", given.TimeScale)).Value,
        map.OrDefault(
            "port",
            Formats.Whole(0, 65535),
            0,
            "The TCP port on loopback; 0 for the one used last time, or a free one.",
            given.Argument("--port", given.Port)).Value,
        map.Optional(
            "seed",
            Formats.Whole(int.MinValue, int.MaxValue),
            "Seeds what is random in it; without it each run differs.",
            given.Argument("--seed", given.Seed))?.Value,
        map.OptionalSection(
            "faults",
            FaultsReader.Read,
            "What is to go wrong in it. A run that attaches to one that serves already does not change its faults."));

    private string ReadStateFolder(MapReader map)
    {
        var folder = FilePath.From(map.OrDefault(
            "folder",
            Formats.Path,
            "../.sluice/emulator",
            "The folder of its state.",
            given.Argument("--emulator-folder", given.EmulatorFolder)));
        if (folder is not null && File.Exists(folder.Absolute))
        {
            map.Mistake(folder.NamedAt, $"{new Place(folder.Absolute).Shown} is a file; allowed: a folder, which need not exist.");
        }

        return folder?.Absolute ?? "";
    }

    private (Field<string> Name, ModelType Type, ModelAddress? Candidate, ModelAddress? Baseline) ReadModel(MapReader map)
    {
        var name = map.Required(
            "name", Names.Model, "The registered name. Required; --model-name works too.", given.Argument("--model-name", given.ModelName));
        var type = map.OrDefault(
            "type", ModelTypes, ModelType.Mlflow, "What a folder is made of; Azure serves mlflow_model without code of one's own.");
        var path = map.Optional(
            "path",
            Formats.Path,
            "The new version: a folder, or a version that is registered already, azureml:name:version, azureml:name@latest or "
            + "azureml://registries/registry/models/name/versions/version. Without it the green deployment's file names it.",
            given.Argument("--model-path", given.ModelPath));
        var baseline = map.Optional(
            "baseline",
            Formats.Path,
            "The version that is deployed first when the endpoint serves nothing yet, as path.",
            given.Argument("--baseline-path", given.BaselinePath));
        var candidate = given.ModelVersion is null ? ModelAddress.Read(path, map.Mistake) : ReadVersion(map, name);
        return (name, type.Value, InWorkspace(map, candidate, name), InWorkspace(map, ModelAddress.Read(baseline, map.Mistake), name));
    }

    private ModelAddress? ReadVersion(MapReader map, Field<string> name)
    {
        var (place, other) = (given.PlaceOf("--model-version"), given.PlaceOf("--model-path").Source);
        if (given.ModelPath is not null)
        {
            map.Mistake(place, $"It is given beside {char.ToLowerInvariant(other[0])}{other[1..]}; allowed: one of the two.");
        }

        if (!Names.ModelVersion.IsAllowed(given.ModelVersion!))
        {
            map.Mistake(place, $"The value is {given.ModelVersion}; allowed: {Names.ModelVersion.Allowed}.");
        }

        return name.IsGood ? ModelAddress.OfVersion(place, name.Value, given.ModelVersion!) : null;
    }

    /// <summary>A rollout watches one model of the workspace; one in a registry has a name of its own.</summary>
    private static ModelAddress? InWorkspace(MapReader map, ModelAddress? address, Field<string> name)
    {
        if (address?.Registered is WorkspaceModel model
            && name.IsGood
            && !string.Equals(model.Name, name.Value, StringComparison.OrdinalIgnoreCase))
        {
            map.Mistake(address.NamedAt, $"The model is \"{model.Name}\"; allowed: model.name, \"{name.Value}\".");
        }

        return address;
    }
}
