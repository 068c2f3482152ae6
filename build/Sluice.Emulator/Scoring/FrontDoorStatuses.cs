using Microsoft.AspNetCore.Http;

namespace Sluice.Emulator.Scoring;

/// <summary>
/// The statuses that a front door has of its own. The sources are "Common error codes for managed online endpoints" and "… for Kubernetes
/// online endpoints" in Azure's page on troubleshooting online endpoints; the latter names no headers and no bodies, which are alike here.
/// </summary>
/// <param name="ModelError">The container answered something else than 200, or not at all.</param>
/// <param name="TimedOut">It did not answer in time.</param>
/// <param name="Overloaded">There are more requests than the instances work off.</param>
internal sealed record FrontDoorStatuses(int ModelError, int TimedOut, int Overloaded)
{
    /// <summary>Those of managed endpoints.</summary>
    internal static FrontDoorStatuses Managed { get; } = new(
        StatusCodes.Status424FailedDependency, StatusCodes.Status408RequestTimeout, StatusCodes.Status429TooManyRequests);

    /// <summary>Those of endpoints on Kubernetes.</summary>
    internal static FrontDoorStatuses Kubernetes { get; } = new(
        StatusCodes.Status502BadGateway, StatusCodes.Status504GatewayTimeout, StatusCodes.Status503ServiceUnavailable);
}
