namespace Sluice.Rollouts.Spec;

/// <summary>Amounts in the notation of Kubernetes.</summary>
/// <param name="Cpu">Processors, for example <c>1</c> or <c>500m</c>; null for the default.</param>
/// <param name="Memory">Memory, for example <c>0.5Gi</c>; null for the default.</param>
/// <param name="Gpu">Graphics processors (<c>nvidia.com/gpu</c>); null for none.</param>
public sealed record ResourceAmountsSpec(string? Cpu, string? Memory, string? Gpu);
