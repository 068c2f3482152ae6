using Sluice.Emulator.Faults;
using Sluice.IntegrationTests.EndToEnd;

namespace Sluice.IntegrationTests.Crashes;

/// <summary>Kills the real program at one moment of one of its requests, which is held until it is dead.</summary>
/// <param name="record">Is told of everything, too, and before.</param>
/// <param name="kind">The kind of request.</param>
/// <param name="occurrence">1 for the first request of that kind, and so on.</param>
/// <param name="moment">The moment.</param>
internal sealed class KillingWatch(ServiceRecord record, CallKind kind, int occurrence, FaultMoment moment) : IRequestWatch
{
    private readonly TaskCompletionSource<SluiceProcess> _program = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private FaultTarget? _last;

    /// <summary>Whether it has killed.</summary>
    public bool HasKilled { get; private set; }

    /// <summary>Says which process is the program. Its requests wait for that.</summary>
    public void Aim(SluiceProcess program) => _program.SetResult(program);

    /// <inheritdoc/>
    public async Task ReachedAsync(FaultTarget request, FaultMoment reached)
    {
        await record.ReachedAsync(request, reached);
        if (reached == FaultMoment.BeforeEffect && kind.Includes(request) && Interlocked.Increment(ref _count) == occurrence)
        {
            _last = request;
        }

        if (reached != moment || !ReferenceEquals(request, _last))
        {
            return;
        }

        HasKilled = true;
        await (await _program.Task).KillAsync();
        if (moment == FaultMoment.BeforeEffect)
        {
            throw new OperationCanceledException("Whoever sent the request is dead, and it did not arrive.");
        }
    }
}
