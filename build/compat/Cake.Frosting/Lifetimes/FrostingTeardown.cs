using Cake.Core;

namespace Cake.Frosting;

/// <summary>The base of what a build does after the last task, with any context.</summary>
public abstract class FrostingTeardown : FrostingTeardown<ICakeContext>;
