using Cake.Core;

namespace Cake.Frosting;

/// <summary>The base of what a build does before the first task, with any context.</summary>
public abstract class FrostingSetup : FrostingSetup<ICakeContext>;
