namespace Sluice.Rollouts.Planning.Changes;

/// <summary>What a field of a resource is now and will be.</summary>
/// <param name="Name">The field, in a word or two.</param>
/// <param name="Now">Its value now; null for none.</param>
/// <param name="Then">Its value afterwards; null for none.</param>
public sealed record FieldChange(string Name, string? Now, string? Then);
