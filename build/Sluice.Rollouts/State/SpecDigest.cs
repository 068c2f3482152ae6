using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.State;

/// <summary>
/// What a deployment is made from, part by part: SHA-256 in lower-case hex. Left out are what the service shows (the model, the machines), what
/// is changed in place (scale settings, tags) and descriptions.
/// </summary>
/// <param name="Code">The scoring code; null for none.</param>
/// <param name="Environment">What the container runs in, whatever it is called; null for none.</param>
/// <param name="Settings">All else that is set.</param>
public sealed record SpecDigest(string? Code, string? Environment, string Settings)
{
    private const string CodeTag = "sluice-code";
    private const string EnvironmentTag = "sluice-environment";
    private const string SettingsTag = "sluice-settings";

    /// <summary>The tags that a digest is written in.</summary>
    public static ImmutableSortedSet<string> Names { get; } = [CodeTag, EnvironmentTag, SettingsTag];

    /// <summary>The digest of what is wanted.</summary>
    public static SpecDigest Of(DeploymentSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new(
            spec.Code is { } code ? Hash([("scoring_script", code.ScoringScript), .. FactsOf(code.Source)]) : null,
            spec.Environment is { } environment ? Hash(FactsOf(environment)) : null,
            Hash(FactsOf(spec)));
    }

    /// <summary>The digest in a deployment's tags; null when no rollout made it, or one of a release that kept none.</summary>
    public static SpecDigest? Read(IReadOnlyDictionary<string, string> tags) => tags.GetValueOrDefault(SettingsTag) is { } settings
        ? new(tags.GetValueOrDefault(CodeTag), tags.GetValueOrDefault(EnvironmentTag), settings)
        : null;

    /// <summary>The tags with this digest in them; all other tags stay.</summary>
    public ImmutableSortedDictionary<string, string> WriteTo(ImmutableSortedDictionary<string, string> tags) =>
        Set(Set(tags.SetItem(SettingsTag, Settings), CodeTag, Code), EnvironmentTag, Environment);

    /// <summary>The parts in which another deployment is made from something else, in words; empty when it is made from the same.</summary>
    public IEnumerable<string> PartsOtherThan(SpecDigest other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new[]
        {
            (Name: "code", IsSame: Code == other.Code),
            (Name: "environment", IsSame: Environment == other.Environment),
            (Name: "settings", IsSame: Settings == other.Settings),
        }.Where(part => !part.IsSame).Select(part => part.Name);
    }

    private static ImmutableSortedDictionary<string, string> Set(ImmutableSortedDictionary<string, string> tags, string name, string? value) =>
        value is null ? tags.Remove(name) : tags.SetItem(name, value);

    private static IEnumerable<(string Name, string? Value)> FactsOf(AssetSource source) => source switch
    {
        AssetFolder folder => [("folder", folder.Digest)],
        AssetId given => [("id", given.Id)],
        RegisteredAsset asset => [("name", asset.Name), ("version", asset.Version)],
        InlineEnvironment described =>
        [
            ("image", described.Image),
            ("conda_file", described.CondaFile),
            ("build.folder", described.Build?.Folder?.Digest),
            ("build.path", described.Build?.Uri),
            ("build.dockerfile_path", described.Build?.DockerfilePath),
            .. RouteFacts("liveness_route", described.InferenceConfig?.Liveness),
            .. RouteFacts("readiness_route", described.InferenceConfig?.Readiness),
            .. RouteFacts("scoring_route", described.InferenceConfig?.Scoring),
            ("os_type", described.OperatingSystem?.ToString()),
        ],
        _ => throw new ArgumentException($"Nothing is made from a {source.GetType().Name}.", nameof(source)),
    };

    private static IEnumerable<(string Name, string? Value)> RouteFacts(string name, RouteSpec? route) =>
        [($"{name}.path", route?.Path), ($"{name}.port", Text(route?.Port))];

    /// <summary>By the keys of the deployment's file. What is as the reader takes it by default is no fact.</summary>
    private static IEnumerable<(string Name, string? Value)> FactsOf(DeploymentSpec spec) =>
    [
        ("type", spec.ComputeKind == ComputeKind.Managed ? null : spec.ComputeKind.ToString()),
        ("model_mount_path", spec.ModelMountPath),
        ("app_insights_enabled", spec.AppInsightsEnabled ? "true" : null),
        ("egress_public_network_access", spec.EgressPublicNetworkAccess ? null : "disabled"),
        .. spec.EnvironmentVariables.Select(variable => ($"environment_variables.{variable.Key}", (string?)variable.Value)),
        .. spec.Properties.Select(property => ($"properties.{property.Key}", (string?)property.Value)),
        .. AmountFacts("resources.requests", spec.Resources?.Requests),
        .. AmountFacts("resources.limits", spec.Resources?.Limits),
        ("request_settings.request_timeout", Text(spec.RequestSettings?.RequestTimeout)),
        ("request_settings.max_concurrent_requests_per_instance", Text(spec.RequestSettings?.MaxConcurrentRequestsPerInstance)),
        ("request_settings.max_queue_wait", Text(spec.RequestSettings?.MaxQueueWait)),
        .. ProbeFacts("liveness_probe", spec.LivenessProbe),
        .. ProbeFacts("readiness_probe", spec.ReadinessProbe),
        .. spec.DataCollector is { } collector ? CollectorFacts(collector) : [],
    ];

    private static IEnumerable<(string Name, string? Value)> AmountFacts(string name, ResourceAmountsSpec? amounts) =>
        [($"{name}.cpu", amounts?.Cpu), ($"{name}.memory", amounts?.Memory), ($"{name}.gpu", amounts?.Gpu)];

    private static IEnumerable<(string Name, string? Value)> ProbeFacts(string name, ContainerProbeSpec? probe) =>
    [
        ($"{name}.initial_delay", Text(probe?.InitialDelay)),
        ($"{name}.period", Text(probe?.Period)),
        ($"{name}.timeout", Text(probe?.Timeout)),
        ($"{name}.success_threshold", Text(probe?.SuccessThreshold)),
        ($"{name}.failure_threshold", Text(probe?.FailureThreshold)),
    ];

    private static IEnumerable<(string Name, string? Value)> CollectorFacts(DataCollectorSpec collector) =>
    [
        .. collector.Collections.SelectMany(collection => new (string, string?)[]
        {
            ($"data_collector.collections.{collection.Key}.enabled", collection.Value.IsEnabled ? "true" : "false"),
            ($"data_collector.collections.{collection.Key}.data", collection.Value.DataId),
            ($"data_collector.collections.{collection.Key}.client_id", collection.Value.ClientId),
        }),
        ("data_collector.rolling_rate", collector.RollingRate?.ToString()),
        ("data_collector.sampling_rate", Text(collector.SamplingRate)),
        .. collector.CaptureHeaders.Select((header, index) => ($"data_collector.capture_headers.{index}", (string?)header)),
    ];

    /// <summary>
    /// The hash of what is set. It depends neither on the order of the facts nor on the machine's language, and a key that a later release reads for
    /// the first time changes nothing where it is not set.
    /// </summary>
    private static string Hash(IEnumerable<(string Name, string? Value)> facts)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in facts.Where(fact => fact.Value is not null).OrderBy(fact => fact.Name, StringComparer.Ordinal))
        {
            // The lengths keep one value's text from passing for the next fact.
            text.Append(CultureInfo.InvariantCulture, $"{name.Length} {name} {value!.Length} {value}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string? Text(IFormattable? value) => value?.ToString(format: null, CultureInfo.InvariantCulture);
}
