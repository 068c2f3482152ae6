namespace Sluice.Rollouts.Planning.Guidance;

/// <summary>One of the things that a person may do next.</summary>
/// <param name="Command">The command, as a shell takes it; null where no command does it.</param>
/// <param name="When">What it does, when, or who runs it: a short phrase.</param>
public sealed record NextStep(string? Command, string When);
