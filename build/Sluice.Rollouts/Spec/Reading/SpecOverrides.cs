using System.Collections.Immutable;
using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>
/// What arguments, or else environment variables, say instead of the files; null where neither says anything. They are judged by the same
/// rules as the files.
/// </summary>
public sealed record SpecOverrides
{
    /// <summary>Overrides nothing.</summary>
    public static SpecOverrides None { get; } = new();

    /// <summary>
    /// Those of these arguments that environment variables give, each with the variable as messages name it.
    /// </summary>
    public ImmutableDictionary<string, string> Variables { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary><c>--subscription</c>: the subscription's GUID.</summary>
    public string? Subscription { get; init; }

    /// <summary><c>--resource-group</c>.</summary>
    public string? ResourceGroup { get; init; }

    /// <summary><c>--workspace-name</c>.</summary>
    public string? WorkspaceName { get; init; }

    /// <summary><c>--tenant</c>: the tenant to sign in to.</summary>
    public string? Tenant { get; init; }

    /// <summary><c>--credential</c>.</summary>
    public CredentialKind? Credential { get; init; }

    /// <summary><c>--model-name</c>: the model's registered name.</summary>
    public string? ModelName { get; init; }

    /// <summary>
    /// <c>--model-path</c>: the candidate's folder, absolute or relative to the current directory, or a registered version as
    /// <c>azureml:name:version</c>.
    /// </summary>
    public string? ModelPath { get; init; }

    /// <summary><c>--model-version</c>: the candidate's version, which is registered already, or <c>latest</c>.</summary>
    public string? ModelVersion { get; init; }

    /// <summary><c>--baseline-path</c>: the baseline, as the candidate.</summary>
    public string? BaselinePath { get; init; }

    /// <summary><c>--endpoint-name</c>.</summary>
    public string? EndpointName { get; init; }

    /// <summary><c>--instance-type</c>: the virtual machine size of both deployments.</summary>
    public string? InstanceType { get; init; }

    /// <summary><c>--instance-count</c>: the number of instances of both deployments.</summary>
    public int? InstanceCount { get; init; }

    /// <summary>
    /// <c>--steps</c>: the canary's weights in percent. Each keeps the bake of the file's step at its position, the file's last one when
    /// there are more.
    /// </summary>
    public ImmutableArray<int>? Steps { get; init; }

    /// <summary><c>--bake</c>: the bake time of every step.</summary>
    public TimeSpan? Bake { get; init; }

    /// <summary><c>--final-bake</c>.</summary>
    public TimeSpan? FinalBake { get; init; }

    /// <summary><c>--retain</c>: the retired deployments that are kept.</summary>
    public int? Retain { get; init; }

    /// <summary><c>--wait-for-window</c>: whether a run waits for the next opening, instead of ending as held.</summary>
    public bool? WaitForWindow { get; init; }

    /// <summary><c>--on-cancel</c>.</summary>
    public CancelPolicy? OnCancel { get; init; }

    /// <summary>
    /// <c>--rehearse</c>: the workspace that is named is not called, so its names need not be filled in.
    /// </summary>
    public bool Rehearses { get; init; }

    /// <summary><c>--latency</c>: the local Azure ML's latency profile.</summary>
    public LatencyProfile? Latency { get; init; }

    /// <summary><c>--time-scale</c>: the factor on the local Azure ML's durations.</summary>
    public double? TimeScale { get; init; }

    /// <summary><c>--port</c>: the local Azure ML's port.</summary>
    public int? Port { get; init; }

    /// <summary><c>--seed</c>: what seeds the local Azure ML.</summary>
    public int? Seed { get; init; }

    /// <summary><c>--emulator-folder</c>: the folder of the local Azure ML's state, as the other paths.</summary>
    public string? EmulatorFolder { get; init; }

    /// <summary>An argument with a value of its own type; null when it is not given.</summary>
    internal Argument<T> Argument<T>(string name, T? value)
        where T : struct => new(name, value.HasValue, value.GetValueOrDefault(), PlaceOf(name));

    /// <summary>An argument with a text; null when it is not given.</summary>
    internal Argument<string> Argument(string name, string? value) => new(name, value is not null, value ?? "", PlaceOf(name));

    /// <summary>Where an argument's value is said.</summary>
    internal Place PlaceOf(string name) => new(Variables.GetValueOrDefault(name, name));
}
