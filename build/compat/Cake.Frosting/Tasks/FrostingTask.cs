using Cake.Core;

namespace Cake.Frosting;

/// <summary>The base of tasks that fit every build.</summary>
public abstract class FrostingTask : FrostingTask<ICakeContext>;
