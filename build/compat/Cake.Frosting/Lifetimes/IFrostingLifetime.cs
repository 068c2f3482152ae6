namespace Cake.Frosting;

/// <summary>What happens once before the first task and once after the last one.</summary>
public interface IFrostingLifetime : IFrostingSetup, IFrostingTeardown;
