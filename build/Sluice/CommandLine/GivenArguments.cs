using System.Collections.Immutable;
using System.Globalization;
using Sluice.Rollouts.Spec.Reading;

namespace Sluice.CommandLine;

/// <summary>The arguments of one run: each was checked, so reading one can't fail. What was not given is null.</summary>
/// <param name="Values">The text of each argument that was given, by an argument or by its environment variable.</param>
/// <param name="Variables">Those that an environment variable gave.</param>
internal sealed record GivenArguments(IReadOnlyDictionary<Argument, string> Values, IReadOnlySet<Argument> Variables)
{
    /// <summary>What gave an argument, as messages name it.</summary>
    public string Source(Argument argument) =>
        Variables.Contains(argument) ? $"The environment variable {argument.EnvironmentVariable}" : $"--{argument.Name}";

    /// <summary>Whether the line itself gives an argument.</summary>
    public bool IsInLine(Argument argument) => Values.ContainsKey(argument) && !Variables.Contains(argument);

    /// <summary>A text.</summary>
    public string? Text(Argument argument) => Values.GetValueOrDefault(argument);

    /// <summary>Whether a flag is set.</summary>
    public bool Flag(Argument argument) => Text(argument) is { } text && bool.Parse(text);

    /// <summary>A whole number.</summary>
    public int? Integer(Argument argument) => Text(argument) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>Whole numbers.</summary>
    public ImmutableArray<int>? Integers(Argument argument) =>
        Text(argument) is { } text ? [.. text.Split(',').Select(each => int.Parse(each, CultureInfo.InvariantCulture))] : null;

    /// <summary>A number.</summary>
    public double? Number(Argument argument) => Text(argument) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>A time.</summary>
    public TimeSpan? Duration(Argument argument) =>
        Text(argument) is { } text && Rollouts.Spec.Reading.Duration.TryParse(text, out var time) ? time : null;

    /// <summary>What a candidate is made worse by.</summary>
    public Injection? Injection(Argument argument) => Text(argument) is { } text ? CommandLine.Injection.Read(text, out _) : null;

    /// <summary>A choice, whose words are the kebab-case names of an enumeration.</summary>
    public TEnum? Choice<TEnum>(Argument argument)
        where TEnum : struct, Enum =>
        Text(argument) is { } text ? Enum.Parse<TEnum>(text.Replace("-", "", StringComparison.Ordinal), ignoreCase: true) : null;

    /// <summary>An absolute path.</summary>
    public string? FullPath(Argument argument) => Text(argument) is { } text ? Path.GetFullPath(text) : null;

    /// <summary>What the configuration's files are overridden with.</summary>
    public SpecOverrides ToOverrides() => new()
    {
        Variables = Variables.ToImmutableDictionary(argument => $"--{argument.Name}", Source),
        Subscription = Text(Arguments.Subscription),
        ResourceGroup = Text(Arguments.ResourceGroup),
        WorkspaceName = Text(Arguments.WorkspaceName),
        Tenant = Text(Arguments.Tenant),
        Credential = Choice<Rollouts.Spec.CredentialKind>(Arguments.Credential),
        ModelName = Text(Arguments.ModelName),
        ModelPath = Text(Arguments.ModelPath),
        ModelVersion = Text(Arguments.ModelVersion),
        BaselinePath = Text(Arguments.BaselinePath),
        EndpointName = Text(Arguments.EndpointName),
        InstanceType = Text(Arguments.InstanceType),
        InstanceCount = Integer(Arguments.InstanceCount),
        Steps = Integers(Arguments.Steps),
        Bake = Duration(Arguments.Bake),
        FinalBake = Duration(Arguments.FinalBake),
        Retain = Integer(Arguments.Retain),
        WaitForWindow = Text(Arguments.WaitForWindow) is null ? null : Flag(Arguments.WaitForWindow),
        OnCancel = Choice<Rollouts.Spec.CancelPolicy>(Arguments.OnCancel),
        Latency = Choice<Rollouts.Spec.LatencyProfile>(Arguments.Latency),
        TimeScale = Number(Arguments.TimeScale),
        Port = Integer(Arguments.Port),
        Seed = Integer(Arguments.Seed),
        EmulatorFolder = Text(Arguments.EmulatorFolder),
        Rehearses = Flag(Arguments.Rehearse),
    };
}
