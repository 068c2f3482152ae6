using Cake.Core;

namespace Cake.Frosting;

/// <summary>The base of what a build does after each task, with any context.</summary>
public abstract class FrostingTaskTeardown : FrostingTaskTeardown<ICakeContext>;
