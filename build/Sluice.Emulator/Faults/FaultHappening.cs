namespace Sluice.Emulator.Faults;

/// <summary>A fault that happened.</summary>
/// <param name="At">When, by the clock without skew.</param>
/// <param name="Rule">The rule's index.</param>
/// <param name="Text">A sentence for a person. No query is in it, as that may hold a signature.</param>
internal sealed record FaultHappening(DateTimeOffset At, int Rule, string Text);
