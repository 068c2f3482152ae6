namespace Sluice.Emulator.Faults;

/// <summary>Is told of every request, at each of its moments; the request waits until it has been told.</summary>
internal interface IRequestWatch
{
    /// <summary>A request has reached a moment. After a reset or a lost client the later moments do not come.</summary>
    Task ReachedAsync(FaultTarget request, FaultMoment moment);
}
