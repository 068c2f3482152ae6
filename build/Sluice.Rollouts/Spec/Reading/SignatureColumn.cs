namespace Sluice.Rollouts.Spec.Reading;

/// <summary>A column of a model's signature.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsRequired">Whether every request must have it.</param>
internal sealed record SignatureColumn(string Name, bool IsRequired);
