namespace Sluice.Rollouts.Spec.Reading.Documents;

/// <summary>A key and its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="Place">Where the key starts.</param>
/// <param name="Value">The value.</param>
internal sealed record SpecEntry(string Key, Place Place, SpecNode Value);
