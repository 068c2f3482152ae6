using Sluice.Emulator.Scoring;

namespace Sluice.Emulator.Faults;

/// <summary>A request that a rule about containers fits.</summary>
/// <param name="Deployment">The deployment that answers it.</param>
/// <param name="Request">The request.</param>
/// <param name="Armed">The rule.</param>
/// <param name="Time">The clock of requests.</param>
internal sealed record ContainerTurn(string Deployment, ContainerRequest Request, ArmedRule Armed, TimeProvider Time)
{
    /// <summary>Counts the request, and says whether it is hit.</summary>
    public bool Happens() => Armed.Happens($"A request to {Deployment}");
}
