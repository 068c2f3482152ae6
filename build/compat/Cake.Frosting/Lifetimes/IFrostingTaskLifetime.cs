namespace Cake.Frosting;

/// <summary>What happens before and after each task.</summary>
public interface IFrostingTaskLifetime : IFrostingTaskSetup, IFrostingTaskTeardown;
