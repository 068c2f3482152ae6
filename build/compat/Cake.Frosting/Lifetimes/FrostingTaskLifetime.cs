using Cake.Core;

namespace Cake.Frosting;

/// <summary>The base of what a build does before and after each task, with any context.</summary>
public abstract class FrostingTaskLifetime : FrostingTaskLifetime<ICakeContext>;
