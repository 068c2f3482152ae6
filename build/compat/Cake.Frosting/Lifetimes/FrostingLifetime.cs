using Cake.Core;

namespace Cake.Frosting;

/// <summary>The base of what a build does before the first and after the last task, with any context.</summary>
public abstract class FrostingLifetime : FrostingLifetime<ICakeContext>;
