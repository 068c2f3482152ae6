namespace Sluice.Benchmarks.Figures;

/// <summary>A reference can't run on this machine; the figure counts as missed.</summary>
/// <param name="message">What is missing, and where to get it.</param>
public sealed class MissingToolException(string message) : Exception(message);
