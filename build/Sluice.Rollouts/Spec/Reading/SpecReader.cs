using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>
/// Reads everything that a rollout needs to know: the config file, the <c>az ml</c> files, the model folders and the requests. It judges
/// all of it before anything is called, and tells of every mistake in one go.
/// </summary>
public static class SpecReader
{
    /// <summary>Reads a configuration.</summary>
    /// <param name="configPath">The config file, for example <c>config/local.json</c>.</param>
    /// <param name="overrides">What arguments and environment variables say instead of the files.</param>
    /// <param name="folder">
    /// Where the search for Azure Machine Learning's own <c>config.json</c> begins, for what is left out of the workspace; null for the
    /// current directory.
    /// </param>
    public static SpecReading Read(string configPath, SpecOverrides overrides, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(configPath);
        ArgumentNullException.ThrowIfNull(overrides);
        var mistakes = new Mistakes();
        var notes = new Mistakes();
        var file = new WorkspaceFile(Path.GetFullPath(folder ?? Environment.CurrentDirectory), mistakes, notes);
        var spec = Read(Path.GetFullPath(configPath), overrides, file, mistakes, notes);
        return new SpecReading(mistakes.Any ? null : spec, mistakes.ToImmutableArray(), notes.ToImmutableArray());
    }

    private static RolloutSpec? Read(string configPath, SpecOverrides given, WorkspaceFile file, Mistakes mistakes, Mistakes notes)
    {
        if (new DocumentFile(configPath).ReadJson(mistakes) is not { } document)
        {
            return null;
        }

        var config = MapReader.Read(document, "", mistakes, new ConfigReader(given, file, notes).Read);
        var endpoint = ReadYaml(config.Endpoint, mistakes, new EndpointReader(given, notes).Read);
        var blue = ReadYaml(config.Blue, mistakes, new DeploymentReader(Names.Serving, given, notes).Read);
        var green = ReadYaml(config.Green, mistakes, new DeploymentReader(Names.CandidatePrefix, given, notes).Read);
        foreach (var deployment in new[] { blue, green }.OfType<DeploymentFile>())
        {
            CheckEndpointName(deployment, endpoint, mistakes);
            CheckComputeKind(deployment, endpoint, mistakes);
            CheckModelName(deployment, config.ModelName, mistakes);
            CheckModelType(deployment, config.ModelType, mistakes);
        }

        CheckNamesDiffer(blue, green, mistakes);
        CheckMirror(config.Strategy.Steps.Select(step => step.Mirror).FirstOrDefault(mirror => mirror is { IsGood: true }), endpoint, mistakes);

        var models = new ModelFolderReader(mistakes);
        var candidateAddress = config.Candidate ?? AddressOf(green?.Model.Folder);
        var baselineAddress = config.Baseline ?? AddressOf(blue?.Model.Folder);
        var candidate = ReadModel(candidateAddress);
        var baseline = ReadModel(baselineAddress);
        if (candidateAddress is null && !mistakes.Any)
        {
            mistakes.Add(
                document.Place,
                "model.path is missing, and the green deployment's file names no folder; allowed: the folder of an MLflow model, or "
                + "azureml:name:version; --model-path and --model-version work too.");
        }

        // Blue serves the baseline, and the candidate where there is none.
        var served = new[] { (File: blue, Model: baseline ?? candidate), (File: green, Model: candidate) };
        var withoutCode = served.Where(deployment => deployment.File is { Spec: { Code: null, Environment: null } }).ToList();
        foreach (var (deployment, _) in withoutCode.Where(pair => pair.Model?.Source is ModelFolder { Type: ModelType.Custom }))
        {
            mistakes.Add(
                deployment!.Name.Place,
                "The deployment has no environment, and its model is a custom_model, which Azure does not serve by itself; allowed: "
                + "environment, and code_configuration for a scoring script.");
        }

        var mlflowServed = withoutCode
            .Where(deployment => deployment.Model?.Source is not ModelFolder { Type: not ModelType.Mlflow })
            .ToList();
        var signatures = new SignatureRules(mistakes);
        var probes = config.Sample is null
            ? null
            : new ProbeReader(signatures, mistakes).Read(
                config.Sample,
                config.Requests,
                [.. mlflowServed.Select(deployment => deployment.Model).OfType<ModelReading>().Distinct()],
                isMlflowServed: mlflowServed.Count > 0);
        foreach (var table in config.Strategy.LabelledTables)
        {
            // No other model is asked them.
            signatures.Check(table, mlflowServed.Where(deployment => ReferenceEquals(deployment.File, green)).Select(deployment => deployment.Model).OfType<ModelReading>());
        }

        if (probes is not null && config.Strategy.IsGood && !mistakes.Any)
        {
            new EvidenceRules(config.Strategy, mistakes, notes).Check(probes);
        }

        var spec = endpoint is null || blue is null || green is null || candidate is null || probes is null
            ? null
            : new RolloutSpec
            {
                Workspace = config.Workspace,
                Model = new ModelSpec(config.ModelName.Value, candidate.Source, baseline?.Source),
                Endpoint = endpoint.Spec,
                Blue = blue.Spec,
                Green = green.Spec,
                Strategy = config.Strategy.Spec,
                Policy = config.Policy,
                Notifications = config.Notifications,
                Probes = probes,
                Emulator = config.Emulator,
                Load = config.Load,
            };

        if (spec is not null && config.Strategy.IsGood && !mistakes.Any)
        {
            CheckDeadline(spec, config.Strategy.Deadline, notes);
        }

        return spec;

        ModelReading? ReadModel(ModelAddress? address) => address switch
        {
            { Registered: { } source } => new ModelReading(source, [], address.NamedAt),
            { Path: { } path } => models.Read(path, config.ModelType),
            _ => null,
        };
    }

    /// <summary>What the bakes leave of a deadline has to do for the changes of the traffic between them, which take their time, too.</summary>
    private static void CheckDeadline(RolloutSpec spec, Place place, Mistakes notes)
    {
        var strategy = spec.Strategy;
        var bakes = strategy.Steps.Aggregate(strategy.FinalBake, (sum, step) => sum + step.Bake);
        var change = UsualTimes.Of(spec).EndpointChange;
        var changes = strategy.Steps.Length;
        if (strategy.Deadline is { } deadline && bakes + (change * changes) > deadline)
        {
            notes.Add(
                place,
                $"rollout.deadline is {Duration.Format(deadline)}, and of that the bakes take {Duration.Format(bakes)}; {changes} "
                + $"change{(changes == 1 ? "" : "s")} of the traffic in between, of {Duration.Format(change)} each as a rule, {(changes == 1 ? "does" : "do")} "
                + $"not fit in: the rollout is {(strategy.OnDeadline == Consequence.Rollback ? "sent back" : "held")} before it is done. A longer deadline or "
                + "shorter bakes let it end.");
        }
    }

    private static ModelAddress? AddressOf(FilePath? path) => path is null ? null : new ModelAddress(path.NamedAt, path, null);

    private static T? ReadYaml<T>(FilePath? path, Mistakes mistakes, Func<MapReader, T> read)
        where T : class =>
        path is not null && new DocumentFile(path).ReadYaml(mistakes) is { } document
            ? MapReader.Read(document, "", mistakes, read, takesNulls: true)
            : null;

    private static void CheckEndpointName(DeploymentFile deployment, EndpointFile? endpoint, Mistakes mistakes)
    {
        if (deployment.EndpointName is { IsGood: true } named
            && endpoint is { WrittenName: { } name }
            && !string.Equals(named.Value, name, StringComparison.OrdinalIgnoreCase))
        {
            mistakes.Add(named.Place, $"endpoint_name is \"{named.Value}\"; allowed: the name in the endpoint's file, \"{name}\".");
        }
    }

    /// <summary>An endpoint and its deployments run in the same place.</summary>
    private static void CheckComputeKind(DeploymentFile deployment, EndpointFile? endpoint, Mistakes mistakes)
    {
        if (endpoint is { Compute: null or { IsGood: true } }
            && deployment.ComputeKind is { IsGood: true } type
            && type.Value != endpoint.Spec.ComputeKind)
        {
            mistakes.Add(
                type.Place,
                endpoint.Compute is { } compute
                    ? $"type is managed; allowed: kubernetes, because the endpoint has the compute {compute.Value}."
                    : "type is kubernetes; allowed: managed, unless the endpoint's file names a compute.");
        }
    }

    /// <summary>Azure mirrors traffic on managed endpoints alone.</summary>
    private static void CheckMirror(Field<int>? mirror, EndpointFile? endpoint, Mistakes mistakes)
    {
        if (mirror is not null && endpoint is { Compute: { IsGood: true } compute })
        {
            mistakes.Add(
                mirror.Place,
                $"The step mirrors {mirror.Value} %; allowed: steps with a weight, because the endpoint has the compute {compute.Value}, and Azure "
                + "mirrors traffic on managed endpoints alone.");
        }
    }

    private static void CheckModelName(DeploymentFile deployment, Field<string> model, Mistakes mistakes)
    {
        if (deployment.Model.Name is { IsGood: true } named
            && model is { IsGood: true, Place.IsArgument: false }
            && named.Value != model.Value)
        {
            mistakes.Add(named.Place, $"The model is \"{named.Value}\"; allowed: the config file's model.name, \"{model.Value}\".");
        }
    }

    private static void CheckModelType(DeploymentFile deployment, ModelType type, Mistakes mistakes)
    {
        if (deployment.Model.Type is { IsGood: true } written && written.Value != type)
        {
            mistakes.Add(
                written.Place,
                $"The model's type is {ConfigReader.ModelTypes.Write(written.Value)}; allowed: the config file's model.type, "
                + $"{ConfigReader.ModelTypes.Write(type)}.");
        }
    }

    /// <summary>A stable deployment named like a candidate, <c>prefix-version</c>, would be taken for one.</summary>
    private static void CheckNamesDiffer(DeploymentFile? blue, DeploymentFile? green, Mistakes mistakes)
    {
        if (blue is { Name: { IsGood: true } stable }
            && green is { Name: { IsGood: true } prefix }
            && stable.Value.StartsWith(prefix.Value + "-", StringComparison.OrdinalIgnoreCase)
            && stable.Value[(prefix.Value.Length + 1)..].All(char.IsAsciiDigit))
        {
            mistakes.Add(
                stable.Place,
                $"name is \"{stable.Value}\", as candidates are; allowed: any but {prefix.Value}-<version>.");
        }
    }
}
