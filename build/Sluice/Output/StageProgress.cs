using Sluice.Rollouts.Planning;

namespace Sluice.Output;

/// <summary>One line of the step list.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Outcome">How it ended; null while it waits or runs.</param>
/// <param name="Text">What it does at present, or why it ended; null before it begins.</param>
/// <param name="Started">When it began; null before.</param>
/// <param name="Ended">When it ended; null before.</param>
internal sealed record StageProgress(Stage Stage, Outcome? Outcome, string? Text, DateTimeOffset? Started, DateTimeOffset? Ended);
