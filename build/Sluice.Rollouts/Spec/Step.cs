namespace Sluice.Rollouts.Spec;

/// <summary>A traffic weight with a bake time.</summary>
/// <param name="Weight">The candidate's share of the live traffic in percent, 1 to 99.</param>
/// <param name="Bake">How long the weight is held, counted from its read-back, before it is judged.</param>
public sealed record Step(int Weight, TimeSpan Bake);
