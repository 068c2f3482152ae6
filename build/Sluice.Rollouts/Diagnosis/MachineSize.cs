namespace Sluice.Rollouts.Diagnosis;

/// <summary>A virtual machine size that a region offers.</summary>
/// <param name="Name">Its name, for example <c>Standard_DS3_v2</c>.</param>
/// <param name="Family">Its family, for example <c>standardDSv2Family</c>; null when the service did not say.</param>
/// <param name="Cores">The cores of one instance.</param>
public sealed record MachineSize(string Name, string? Family, int Cores);
