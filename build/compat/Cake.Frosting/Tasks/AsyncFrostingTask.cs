using Cake.Core;

namespace Cake.Frosting;

/// <summary>The base of asynchronous tasks that fit every build.</summary>
public abstract class AsyncFrostingTask : AsyncFrostingTask<ICakeContext>;
