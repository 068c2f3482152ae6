namespace Sluice.Emulator.Scoring;

/// <summary>What the front door knows of the endpoints. Asked for every scoring request, so an answer is a lookup, not a query.</summary>
internal interface IEndpointRoutes
{
    /// <summary>The endpoint as it serves now, or null when there is none of that name.</summary>
    /// <param name="endpointName">The name as it stands in the scoring URI.</param>
    EndpointRoute? Find(string endpointName);
}
