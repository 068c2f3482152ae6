namespace Sluice.Benchmarks.Measuring;

/// <summary>One run of a command.</summary>
/// <param name="Wall">From before its start to its end.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
internal sealed record CommandRun(TimeSpan Wall, string Output, string Error);
