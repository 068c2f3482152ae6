using System.Text.Json;

namespace Sluice.Emulator.Faults;

/// <summary>A fault and when it happens.</summary>
/// <param name="Match">The requests, or the deployments, that it is about; those about the disk are about all of its writes.</param>
/// <param name="Pace">How often among these.</param>
/// <param name="Effect">What goes wrong.</param>
/// <param name="Written">The rule as it was written, to be shown.</param>
internal sealed record FaultRule(FaultMatch Match, FaultPace Pace, FaultEffect Effect, JsonElement Written);
