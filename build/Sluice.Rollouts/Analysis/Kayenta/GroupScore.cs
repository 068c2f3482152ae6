namespace Sluice.Rollouts.Analysis.Kayenta;

/// <summary>The score of a group of metrics.</summary>
/// <param name="Name">The group.</param>
/// <param name="Score">The share of its metrics that passed, 0 to 100; those without data aside.</param>
/// <param name="Weight">Its weight in percent.</param>
public sealed record GroupScore(string Name, double Score, double Weight);
