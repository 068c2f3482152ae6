namespace Sluice.Rollouts.Journal;

/// <summary>One thing that a run was configured to do, in words.</summary>
/// <param name="Name">What it is about, such as <c>Steps</c>.</param>
/// <param name="Text">What was configured. Never a secret, and no address that may hold one.</param>
public sealed record ConfigurationFact(string Name, string Text);
