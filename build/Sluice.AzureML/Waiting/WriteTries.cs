using Azure;
using Sluice.AzureML.Faults;

namespace Sluice.AzureML.Waiting;

/// <summary>
/// Which failures of a write are worth another try, and for how long. The next try is the caller's, after a look at what is there:
/// a write without an answer may have taken effect.
/// </summary>
internal sealed class WriteTries
{
    /// <summary>
    /// How long refusals of an endpoint that shows itself settled are taken for the lag between what the service knows and what it shows.
    /// </summary>
    private static readonly TimeSpan PatienceWithRefusals = TimeSpan.FromMinutes(2);

    private TimeSpan? _refusedSince;
    private TimeSpan? _unansweredSince;
    private TimeSpan? _tooLongSince;

    /// <summary>Whether the last failure was that the endpoint is busy with something else.</summary>
    public bool IsRefusedAsBusy { get; private set; }

    /// <summary>What is being waited for, after a failure that is worth another try.</summary>
    public string State { get; private set; } = "";

    /// <summary>Takes a failure, and says whether it is worth another try.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="hasBegun">Whether the write had begun an operation, so that it is the wait for its end that failed.</param>
    /// <param name="elapsed">The time since the call began.</param>
    public bool IsWorthAnother(Exception failure, bool hasBegun, TimeSpan elapsed)
    {
        IsRefusedAsBusy = false;
        if (failure is RequestFailedException { Status: 429 })
        {
            // Nothing was done, and the service says when to come again; the call's own time-out is the end of it.
            State = "Throttled";
            return true;
        }

        if (failure is RequestFailedException refusal && ServiceFault.IsBusy(refusal))
        {
            IsRefusedAsBusy = true;
            State = "Busy";
            return elapsed - (_refusedSince ??= elapsed) < PatienceWithRefusals;
        }

        State = $"No answer, looking what is there: {ServiceFault.Of(failure)?.Message}";
        return (ServiceFault.IsPassing(failure) || IsForgotten(failure, hasBegun)) && elapsed - (_unansweredSince ??= elapsed) < LongCall.Patience;
    }

    /// <summary>Takes note that the look before the write took so long that the leave to write was over, and both are asked for again.</summary>
    /// <param name="elapsed">The time since the call began.</param>
    /// <exception cref="TimeoutException">That has been so for too long.</exception>
    public void LookedTooLong(TimeSpan elapsed)
    {
        IsRefusedAsBusy = false;
        if (elapsed - (_tooLongSince ??= elapsed) >= LongCall.Patience)
        {
            throw new TimeoutException(
                $"For {LongCall.Patience.TotalMinutes:0} min each look at what is there has taken so long that the lock might have been another run's "
                + "by its end, so nothing was sent. Run the same command again when the service answers sooner.");
        }
    }

    /// <summary>Takes note that the service shows what it is busy with, so that its refusals are no lag.</summary>
    public void SawItBusy() => _refusedSince = null;

    /// <summary>
    /// Whether the service knows nothing of an operation that it began, or not yet of the resource that the operation made. What is there
    /// tells whether it is done.
    /// </summary>
    private static bool IsForgotten(Exception failure, bool hasBegun) => hasBegun && failure is RequestFailedException { Status: 404 };
}
