using Azure;
using Sluice.AzureML.Faults;
using Sluice.Rollouts.Ports;

namespace Sluice.AzureML.Waiting;

/// <summary>One call on the workspace that takes a while: what it is called, how long it may take, and who is told how far it is.</summary>
internal sealed class LongCall
{
    /// <summary>How long the service may be out of reach before the call fails.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TimeSpan _limit;
    private readonly IProgress<OperationProgress>? _progress;
    private readonly TimeSpan? _usual;
    private readonly TimeProvider _time;
    private readonly long _start;
    private string _lastState = "not begun";

    /// <summary>Begins the call.</summary>
    /// <param name="name">What is tried, as it fits after "Could not".</param>
    /// <param name="limit">The longest time that it may take.</param>
    /// <param name="progress">Who is told how far it is; null for nobody.</param>
    /// <param name="time">The clock.</param>
    /// <param name="usual">How long its operation usually takes, above zero; null when that is not known.</param>
    public LongCall(string name, TimeSpan limit, IProgress<OperationProgress>? progress, TimeProvider time, TimeSpan? usual = null)
    {
        Name = name;
        _limit = limit;
        _progress = progress;
        _usual = usual;
        _time = time;
        _start = time.GetTimestamp();
    }

    /// <summary>What is tried, as it fits after "Could not".</summary>
    public string Name { get; }

    /// <summary>The time since the call began.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_start);

    /// <summary>Tells how far the call is.</summary>
    /// <param name="state">The service's word for it.</param>
    public void Report(string state)
    {
        _lastState = state;
        _progress?.Report(new OperationProgress(state, Elapsed));
    }

    /// <summary>Tells how far an upload is.</summary>
    /// <param name="bytes">Bytes uploaded so far.</param>
    /// <param name="totalBytes">Bytes to upload in all.</param>
    public void ReportUpload(long bytes, long totalBytes)
    {
        _lastState = "Uploading";
        _progress?.Report(new OperationProgress(_lastState, Elapsed, bytes, totalBytes));
    }

    /// <summary>Waits before the next look.</summary>
    /// <param name="last">The last answer, whose <c>Retry-After</c> is obeyed; null when there is none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">The call's time is over.</exception>
    public Task PauseAsync(Response? last, CancellationToken cancellationToken) =>
        PauseAsync(PollPause.After(Elapsed, RetryAfter.Of(last, _time.GetUtcNow())), cancellationToken);

    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        var left = _limit - Elapsed;
        if (left <= TimeSpan.Zero)
        {
            throw new TimeoutException(
                $"It was not done within {_limit.TotalSeconds:0} s (waited {Elapsed.TotalSeconds:0} s); its last state was '{_lastState}'. "
                + "The service may still finish it.");
        }

        await Task.Delay(pause < left ? pause : left, _time, cancellationToken);
    }

    /// <summary>Reads, again and again where the way to the service is broken for a while or the service is at fault.</summary>
    /// <param name="read">The read, which may be repeated without harm.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">The call's time is over.</exception>
    public async Task<T> ReadAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken)
    {
        TimeSpan? brokenSince = null;
        while (true)
        {
            Exception failure;
            try
            {
                return await read();
            }
            catch (Exception exception) when (
                ServiceFault.IsPassing(exception)
                && !cancellationToken.IsCancellationRequested
                && Elapsed - (brokenSince ??= Elapsed) < Patience)
            {
                failure = exception;
            }

            Report($"No answer: {ServiceFault.Of(failure)!.Message}");
            await PauseAsync((failure as RequestFailedException)?.GetRawResponse(), cancellationToken);
        }
    }

    /// <summary>Polls an operation at once and then with pauses, see <see cref="PollPause"/>, until it has ended.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="cancellationToken">Ends the wait; the operation goes on.</param>
    /// <exception cref="RequestFailedException">The operation failed.</exception>
    /// <exception cref="TimeoutException">The call's time is over.</exception>
    public async Task AwaitAsync(Operation operation, CancellationToken cancellationToken)
    {
        var begin = _time.GetTimestamp();
        while (!operation.HasCompleted)
        {
            var answer = await ReadAsync(() => operation.UpdateStatusAsync(cancellationToken).AsTask(), cancellationToken);
            if (!operation.HasCompleted)
            {
                Report(OperationState.Of(answer) ?? "Running");
                var elapsed = _time.GetElapsedTime(begin);
                var asked = RetryAfter.Of(answer, _time.GetUtcNow());
                await PauseAsync(
                    _usual is { } usual ? PollPause.InOperation(elapsed, usual, asked) : PollPause.After(elapsed, asked), cancellationToken);
            }
        }

        Report("Succeeded");
    }
}
