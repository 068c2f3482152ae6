using Cake.Core;
using Cake.Frosting.Hosting;

namespace Cake.Frosting;

/// <summary>The base of asynchronous tasks that need a context of their own type.</summary>
/// <typeparam name="T">The context the task needs; the task is left out of a build whose context is of another type.</typeparam>
public abstract class AsyncFrostingTask<T> : IFrostingTask, ITaskShape
    where T : ICakeContext
{
    Type ITaskShape.ContextType => typeof(T);

    bool ITaskShape.Runs => Overrides.Of((Func<T, Task>)RunAsync, typeof(AsyncFrostingTask<T>));

    bool ITaskShape.HasCriteria => Overrides.Of((Func<T, bool>)ShouldRun, typeof(AsyncFrostingTask<T>));

    bool ITaskShape.HandlesErrors => Overrides.Of((Action<Exception, T>)OnError, typeof(AsyncFrostingTask<T>));

    bool ITaskShape.CleansUp => Overrides.Of((Action<T>)Finally, typeof(AsyncFrostingTask<T>));

    /// <summary>Does the task's work. A task that does not override this only gathers its dependencies.</summary>
    /// <param name="context">The context of the run.</param>
    /// <returns>A task that ends when the work is done.</returns>
    public virtual Task RunAsync(T context) => Task.CompletedTask;

    /// <summary>Decides whether the task runs; without an override it does.</summary>
    /// <param name="context">The context of the run.</param>
    /// <returns><see langword="false"/> when the task is to be skipped.</returns>
    public virtual bool ShouldRun(T context) => true;

    /// <summary>Handles an error of the task. With an override that returns, the error counts as handled and the run goes on.</summary>
    /// <param name="exception">The error.</param>
    /// <param name="context">The context of the run.</param>
    public virtual void OnError(Exception exception, T context)
    {
    }

    /// <summary>Cleans up after the task, whether it failed or not; not called for a task that was skipped.</summary>
    /// <param name="context">The context of the run.</param>
    public virtual void Finally(T context)
    {
    }

    Task IFrostingTask.RunAsync(ICakeContext context) => RunAsync((T)context);

    bool IFrostingTask.ShouldRun(ICakeContext context) => ShouldRun((T)context);

    void IFrostingTask.OnError(Exception exception, ICakeContext context) => OnError(exception, (T)context);

    void IFrostingTask.Finally(ICakeContext context) => Finally((T)context);
}
