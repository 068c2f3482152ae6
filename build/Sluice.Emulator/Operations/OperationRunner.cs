using System.Collections.Concurrent;
using Sluice.Emulator.Store;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Operations;

/// <summary>
/// Ends operations when they are due and their work is done. What the process leaves running when it ends, the next one takes up:
/// the due times are in the database.
/// </summary>
internal sealed class OperationRunner : IAsyncDisposable
{
    private static readonly TimeSpan KeepEnded = TimeSpan.FromDays(1);
    private static readonly TimeSpan ForgetAgain = TimeSpan.FromHours(1);
    private static readonly TimeSpan WriteAgain = TimeSpan.FromSeconds(1);

    // A container outlives the requests that were sent to it; none may take longer than this (three minutes is Azure's limit).
    private static readonly TimeSpan LongestRequest = TimeSpan.FromMinutes(3) + TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Task, bool> _running = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly WorkspaceStore _store;
    private readonly DeploymentStarter _starter;
    private readonly RunningContainers _containers;
    private readonly TimeProvider _time;
    private readonly TimeProvider _requestTime;
    private Task _resumed = Task.CompletedTask;

    /// <summary>Makes a runner; nothing runs before <see cref="ResumeAsync"/> and <see cref="Run"/>.</summary>
    public OperationRunner(WorkspaceStore store, DeploymentStarter starter, RunningContainers containers, Clocks clocks)
    {
        _store = store;
        _starter = starter;
        _containers = containers;
        _time = clocks.Service;
        _requestTime = clocks.Request;
    }

    /// <summary>Takes up what an earlier process left: starts the deployments' containers, then runs the operations on.</summary>
    /// <returns>Ends when the containers are up, so that scoring requests can wait for them. Operations run on.</returns>
    public Task ResumeAsync(Action containerStarted)
    {
        Track(ForgetOldOperationsAsync());
        return _resumed = TakeUpAsync(containerStarted);
    }

    /// <summary>Runs an operation to its end. One that is due at once and has no work to do has ended when this returns.</summary>
    public void Run(Operation operation) => Track(RunAsync(operation));

    /// <summary>Stops, scripts that are being started too; operations that have not ended stay running in the database.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();

        // First what runs operations itself: after it there are no more of them.
        await _resumed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_running.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task TakeUpAsync(Action containerStarted)
    {
        RemoveAbandonedFolders();
        foreach (var deployment in _store.Current.Deployments.Values)
        {
            if (deployment.Container is { } container)
            {
                var outcome = await _starter.RestartAsync(container, deployment, _stopping.Token);
                if (outcome.Error is null)
                {
                    containerStarted();
                }
                else
                {
                    // Where the disk does not take it yet, the other deployments and the operations do not wait for that.
                    Track(UpdateAsync(state => (state.WithoutContainer(deployment.Key, container, outcome.Log), 0)));
                }
            }
        }

        foreach (var operation in _store.Current.Operations.Values.Where(operation => operation.Status == OperationStatus.Running))
        {
            Run(operation);
        }
    }

    private async Task RunAsync(Operation operation)
    {
        var outcome = await WorkAsync(operation);
        await WaitUntilAsync(operation.DueAt);

        // Without its end the operation would be polled for ever.
        var released = await UpdateAsync(state =>
        {
            var before = ContainersOf(state);
            var after = state.Complete(operation, outcome, _time.GetUtcNow());
            return (after, before.Except(ContainersOf(after)).ToList());
        });
        foreach (var container in released)
        {
            Track(ReleaseAsync(container));
        }
    }

    /// <summary>Makes a change of the workspace, again and again until the disk takes it.</summary>
    private async Task<T> UpdateAsync<T>(Func<WorkspaceState, (WorkspaceState State, T Result)> change)
    {
        while (true)
        {
            try
            {
                return _store.Update(change);
            }
            catch (Exception fault) when (Database.IsDiskFault(fault))
            {
                await Task.Delay(WriteAgain, _time, _stopping.Token);
            }
        }
    }

    // A delay drops what is below a millisecond, and runs on another clock than the one that tells the time: it may end too soon.
    private async Task WaitUntilAsync(DateTimeOffset due)
    {
        for (var remaining = due - _time.GetUtcNow(); remaining > TimeSpan.Zero; remaining = due - _time.GetUtcNow())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(remaining.TotalMilliseconds)), _time, _stopping.Token);
        }
    }

    private Task<OperationOutcome> WorkAsync(Operation operation) =>
        operation.Fault?.Failure() is { } failure
            ? Task.FromResult(OperationOutcome.Failed(failure, InstanceLog.Failed(InstanceLog.Step.SystemSetup, failure.Message)))
            : operation.Kind is OperationKind.CreateDeployment or OperationKind.UpdateDeployment or OperationKind.PatchDeployment
                ? _starter.StartAsync(operation, _stopping.Token)
                : Task.FromResult(OperationOutcome.Done);

    private void Track(Task task)
    {
        _running.TryAdd(task, true);
        _ = task.ContinueWith(
            ended => _running.TryRemove(ended, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task ReleaseAsync(Guid container)
    {
        await Task.Delay(LongestRequest, _requestTime, _stopping.Token);
        await _containers.StopAsync(container);
        var folder = _starter.FolderOf(container);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task ForgetOldOperationsAsync()
    {
        while (true)
        {
            var limit = _time.GetUtcNow() - KeepEnded;
            if (_store.Current.Operations.Values.Any(operation => operation.EndedAt < limit))
            {
                await UpdateAsync(state => (
                    state with
                    {
                        Operations = state.Operations.RemoveRange(
                            state.Operations.Values.Where(operation => operation.EndedAt < limit).Select(operation => operation.Key)),
                    },
                    0));
            }

            await Task.Delay(ForgetAgain, _time, _stopping.Token);
        }
    }

    private void RemoveAbandonedFolders()
    {
        var running = _store.Current.Operations.Values.Where(operation => operation.Status == OperationStatus.Running);
        try
        {
            _starter.RemoveFoldersExcept([.. ContainersOf(_store.Current), .. running.Select(operation => operation.Id)]);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // They take room until the next start, and no more.
        }
    }

    private static HashSet<Guid> ContainersOf(WorkspaceState state) =>
        [.. state.Deployments.Values.Select(deployment => deployment.Container).OfType<Guid>()];
}
