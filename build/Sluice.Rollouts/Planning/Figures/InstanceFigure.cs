namespace Sluice.Rollouts.Planning.Figures;

/// <summary>How many instances of one size a run needs.</summary>
/// <param name="InstanceType">The virtual machine size; empty for a cluster's default.</param>
/// <param name="Now">The instances before the run.</param>
/// <param name="Peak">The most at once while it goes on: while both versions are up, both count.</param>
/// <param name="Then">The instances after it.</param>
/// <param name="Quota">
/// The most that the quota must hold, with the reserve that Azure keeps for upgrades; null where there is none to keep.
/// </param>
/// <param name="Added">The time of instances that the run uses beyond those that were there before; below zero when it frees some.</param>
public sealed record InstanceFigure(string InstanceType, int Now, int Peak, int Then, int? Quota, TimeSpan Added);
