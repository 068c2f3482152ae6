using Cake.Core;

namespace Cake.Frosting;

/// <summary>A task as the host sees it. Builds derive from <see cref="FrostingTask"/> or <see cref="AsyncFrostingTask"/>.</summary>
public interface IFrostingTask
{
    /// <summary>Gets the reason that is told when <see cref="ShouldRun"/> says no.</summary>
    /// <remarks>A class derived from a task base must list <see cref="IFrostingTask"/> again for its own member to count.</remarks>
    string SkippedMessage => "";

    /// <summary>Does the task's work.</summary>
    /// <param name="context">The context of the run.</param>
    /// <returns>A task that ends when the work is done.</returns>
    Task RunAsync(ICakeContext context);

    /// <summary>Decides whether the task runs.</summary>
    /// <param name="context">The context of the run.</param>
    /// <returns><see langword="false"/> when the task is to be skipped.</returns>
    bool ShouldRun(ICakeContext context);

    /// <summary>Handles an error of the task. An error that is handled counts as none, unless this method throws.</summary>
    /// <param name="exception">The error.</param>
    /// <param name="context">The context of the run.</param>
    void OnError(Exception exception, ICakeContext context);

    /// <summary>Cleans up after the task, whether it failed or not.</summary>
    /// <param name="context">The context of the run.</param>
    void Finally(ICakeContext context);
}
