using System.Collections.Immutable;
using System.Globalization;
using Sluice.Rollouts.Spec.Reading;

namespace Sluice.CommandLine;

/// <summary>An argument as it is declared, once: help, checks and reading all follow from it.</summary>
/// <param name="Name">The name in kebab-case, without dashes; as <c>az ml</c> names it where it has one.</param>
/// <param name="Kind">What its value looks like.</param>
/// <param name="Description">What it is for, as a phrase.</param>
internal sealed record Argument(string Name, ArgumentKind Kind, string Description)
{
    /// <summary>Other spellings, without dashes; those of one letter take one dash.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>The words that a <see cref="ArgumentKind.Choice"/> takes.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];

    /// <summary>One of <see cref="Choices"/> that a single target takes; null when every target takes all.</summary>
    public (string Choice, string Target)? Reserved { get; init; }

    /// <summary>The smallest whole number.</summary>
    public int Minimum { get; init; }

    /// <summary>The largest whole number.</summary>
    public int Maximum { get; init; } = int.MaxValue;

    /// <summary>What holds when it is not given, in words; null when it says so in its description.</summary>
    public string? Default { get; init; }

    /// <summary>The targets that take it; empty for every one.</summary>
    public ImmutableArray<string> Targets { get; init; } = [];

    /// <summary>
    /// The name of another one that says the same in another way: where the line gives that one, this one's environment variable is not asked.
    /// </summary>
    public string? InsteadOf { get; init; }

    /// <summary>Whether Cake's host has it; the others are Sluice's own, and can be given by an environment variable.</summary>
    public bool IsOfHost { get; init; }

    /// <summary>
    /// Whether it must be said in the command itself, because it destroys something, or makes something else of the run: a forgotten variable
    /// must not.
    /// </summary>
    public bool IsSaidEachTime { get; init; }

    /// <summary>Arguments are told apart by their names alone.</summary>
    public bool Equals(Argument? other) => other is not null && other.Name == Name;

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>The environment variable that gives it where the argument does not; null where only the argument counts.</summary>
    public string? EnvironmentVariable => IsOfHost || IsSaidEachTime ? null : VariableName;

    /// <summary>The name that its environment variable has, or would have.</summary>
    public string VariableName => $"SLUICE_{Name.Replace('-', '_').ToUpperInvariant()}";

    /// <summary>How it is written, for help and messages.</summary>
    public string Usage => Kind switch
    {
        ArgumentKind.Flag => $"--{Name}",
        ArgumentKind.Choice => $"--{Name}=<{string.Join('|', Choices)}>",
        _ => $"--{Name}=<{Kind.ToString().ToLowerInvariant()}>",
    };

    /// <summary>Whether a target takes it.</summary>
    public bool AppliesTo(string target) => Targets.IsEmpty || Targets.Contains(target, StringComparer.OrdinalIgnoreCase);

    /// <summary>The argument as a target takes it.</summary>
    public Argument For(string target) => Reserved is { } reserved && reserved.Target != target
        ? this with { Choices = Choices.Remove(reserved.Choice) }
        : this;

    /// <summary>A value that is fine, as it is declared: a choice may be written in any case.</summary>
    public string Declared(string value) => Kind == ArgumentKind.Choice
        ? Choices.First(choice => choice.Equals(value, StringComparison.OrdinalIgnoreCase))
        : value;

    /// <summary>What is allowed, for the message about a value that is not; null when the value is fine.</summary>
    public string? Refusal(string value) => Kind switch
    {
        ArgumentKind.Flag when !bool.TryParse(value, out _) => "true or false, or nothing for true",
        ArgumentKind.Choice when !Choices.Contains(value, StringComparer.OrdinalIgnoreCase) => string.Join(", ", Choices),
        ArgumentKind.Integer when !IsInRange(value) => Range(),
        ArgumentKind.Integers when !value.Split(',').All(IsInRange) => $"{Range()}, with commas between, for example 10,50",
        ArgumentKind.Number when !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || number <= 0 || !double.IsFinite(number) => "a number above 0, for example 0.5",
        ArgumentKind.Duration when !Duration.TryParse(value, out _) => Duration.Allowed,
        ArgumentKind.Faults when Injection.Read(value, out var allowed) is null => allowed,
        _ when value.Length == 0 => "a value that is not empty",
        _ => null,
    };

    private bool IsInRange(string value) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= Minimum && number <= Maximum;

    private string Range() => $"a whole number from {Minimum} to {Maximum}";
}
