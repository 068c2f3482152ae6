using Sluice.Emulator.Faults;
using Sluice.IntegrationTests.Faults;

namespace Sluice.IntegrationTests.Crashes;

/// <summary>A point at which a process dies.</summary>
/// <param name="Call">The request that it is about.</param>
/// <param name="Moment">Before the request is sent, after all was done and before it is answered, or after the answer.</param>
internal sealed record CrashPoint(Call Call, FaultMoment Moment)
{
    public override string ToString() => $"{Moment} of {Call}";
}
