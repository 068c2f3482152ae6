namespace Sluice.Emulator.Scoring.Scripts;

/// <summary>
/// A thread for what waits for a script, which may take minutes: on one of the pool's, ARM, blobs and timers would soon wait along.
/// </summary>
internal static class OwnThread
{
    /// <summary>Does something on a thread of its own.</summary>
    /// <param name="work">What is done.</param>
    public static Task RunAsync(Action work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <inheritdoc cref="RunAsync(Action)"/>
    public static Task<T> RunAsync<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
