using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sluice.Emulator.Arm;
using Sluice.Emulator.Blobs;
using Sluice.Emulator.Scoring;

namespace Sluice.Emulator.Hosting;

/// <summary>The way of a request: past the guard, then to blobs, to scoring, or on to the ARM routes.</summary>
/// <param name="blobs">The blob service.</param>
/// <param name="frontDoor">The endpoints' data plane.</param>
/// <param name="containersUp">Ends when the containers of an earlier run are up again; scoring waits for it.</param>
internal sealed class Surfaces(BlobSurface blobs, FrontDoor frontDoor, Task containersUp)
{
    private const string ScoringRoot = "/endpoints";
    private const long ScoringBodyLimit = 100L * 1024 * 1024;

    /// <summary>Handles a request, or passes it on to <paramref name="next"/>.</summary>
    public async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        if (RequestGuard.WhyRefused(context.Request) is { } reason)
        {
            await WriteErrorAsync(context, StatusCodes.Status403Forbidden, "Forbidden", reason);
            return;
        }

        // What delays, refuses or breaks requests by rule belongs here: behind the guard, in front of all three surfaces.
        try
        {
            if (await blobs.TryAnswerAsync(context))
            {
                return;
            }

            if (context.Request.Path.StartsWithSegments(ScoringRoot, out var rest))
            {
                await ScoreAsync(context, rest.Value ?? "");
                return;
            }

            await next(context);
        }
        catch (BadHttpRequestException fault) when (!context.Response.HasStarted)
        {
            var code = fault.StatusCode == StatusCodes.Status413PayloadTooLarge ? "RequestContentTooLarge" : "BadRequest";
            await WriteErrorAsync(context, fault.StatusCode, code, fault.Message);
        }
        catch (Exception fault) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            await WriteErrorAsync(
                context, StatusCodes.Status500InternalServerError, "InternalServerError", $"{fault.GetType().Name}: {fault.Message}");
        }
    }

    private async Task ScoreAsync(HttpContext context, string rest)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = ScoringBodyLimit;
        }

        if (!containersUp.IsCompleted)
        {
            await containersUp.WaitAsync(context.RequestAborted);
        }

        var parts = rest.TrimStart('/').Split('/', 2);
        await frontDoor.HandleAsync(context, parts[0], parts.Length == 2 ? parts[1] : "");
    }

    private static async Task WriteErrorAsync(HttpContext context, int status, string code, string message)
    {
        var body = ArmJson.Write(new JsonObject
        {
            ["error"] = new JsonObject { ["code"] = code, ["message"] = message },
        });
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }
}
