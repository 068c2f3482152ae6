namespace Sluice.Rollouts.Journal;

/// <summary>A line of a journal that can't be read.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Why">Why, with the beginning of it.</param>
public sealed record UnreadableLine(int Number, string Why);
