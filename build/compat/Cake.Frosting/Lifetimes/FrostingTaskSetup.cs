using Cake.Core;

namespace Cake.Frosting;

/// <summary>The base of what a build does before each task, with any context.</summary>
public abstract class FrostingTaskSetup : FrostingTaskSetup<ICakeContext>;
