namespace Sluice.Rollouts.Analysis.Samples;

/// <summary>A measure of a labelled sample with its limits, each wrong with a probability of at most, or about, the α asked for.</summary>
/// <param name="Value">The measure of the sample.</param>
/// <param name="Limits">The one-sided limits: a gate asks for one of them. As an interval they are wrong with twice the probability.</param>
public sealed record Estimate(double Value, Interval Limits);
