using Microsoft.AspNetCore.Http;

namespace Sluice.Emulator.Scoring;

/// <summary>What stands between a client and the containers of an endpoint: keys, the traffic split, limits, status codes.</summary>
internal sealed class FrontDoor
{
    private readonly IEndpointRoutes _routes;

    /// <summary>Opens the front door.</summary>
    /// <param name="routes">The endpoints.</param>
    /// <param name="time">The clock of timeouts and latencies.</param>
    /// <param name="seed">Makes the traffic split repeatable; null draws a seed.</param>
    internal FrontDoor(IEndpointRoutes routes, TimeProvider time, int? seed)
    {
        _routes = routes;
        Time = time;
        Seed = seed ?? Random.Shared.Next();
    }

    /// <summary>The seed of the traffic split.</summary>
    internal int Seed { get; }

    private TimeProvider Time { get; }

    /// <summary>Answers one request to an endpoint's data plane, whatever it is: nothing is thrown but the client's own cancellation.</summary>
    /// <param name="context">The exchange.</param>
    /// <param name="endpointName">The endpoint's name, from the host or the path.</param>
    /// <param name="path">What follows it, without a leading slash: <c>score</c>, <c>swagger.json</c> or empty.</param>
    internal Task HandleAsync(HttpContext context, string endpointName, string path)
    {
        context.Response.StatusCode = _routes.Find(endpointName) is null ? StatusCodes.Status404NotFound : StatusCodes.Status401Unauthorized;
        context.Response.Headers["x-ms-date"] = Time.GetUtcNow().ToString("R");
        context.Response.Headers["x-ms-path"] = path;
        return Task.CompletedTask;
    }
}
