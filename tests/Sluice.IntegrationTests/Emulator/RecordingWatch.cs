using System.Net;
using Sluice.Emulator.Faults;

namespace Sluice.IntegrationTests.Emulator;

/// <summary>Looks at each moment of a PUT whether its endpoint is there.</summary>
internal sealed class RecordingWatch : IRequestWatch
{
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// The way to look. Its connections are its own: one that a PUT has been answered on is free to its client before the service is done with
    /// that PUT, and a look on it would wait for itself.
    /// </summary>
    public ArmClient? Arm { get; set; }

    public List<(FaultMoment Moment, HttpStatusCode Status)> Seen { get; } = [];

    /// <summary>Ends when the moment after the answer was reached.</summary>
    public Task Answered => _answered.Task;

    public async Task ReachedAsync(FaultTarget request, FaultMoment moment)
    {
        if (request.Method != "PUT")
        {
            return;
        }

        try
        {
            Seen.Add((moment, (await Arm!.GetAsync(request.Path)).Status));
        }
        catch (Exception fault)
        {
            // Who waits for the moment after the answer would else wait for ever.
            _answered.TrySetException(fault);
            throw;
        }

        if (moment == FaultMoment.AfterAnswer)
        {
            _answered.TrySetResult();
        }
    }
}
