using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sluice.Emulator.Arm;
using Sluice.Emulator.Blobs;
using Sluice.Emulator.Faults;
using Sluice.Emulator.Scoring;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Hosting;

/// <summary>The way of a request: past the guard, through the faults, then to blobs, to scoring, or on to the ARM routes.</summary>
/// <param name="admin">The address at which the faults are looked at and changed.</param>
/// <param name="faults">The faults.</param>
/// <param name="blobs">The blob service.</param>
/// <param name="frontDoor">The endpoints' data plane.</param>
/// <param name="containersUp">Ends when the containers of an earlier run are up again; scoring waits for it.</param>
internal sealed partial class Surfaces(FaultAdmin admin, FaultWay faults, BlobSurface blobs, FrontDoor frontDoor, Task containersUp)
{
    private const string ScoringRoot = "/endpoints";

    /// <summary>
    /// Bytes of a scoring request that the server lets run out, far more than the front door takes: a client that sends all of it before it
    /// looks for an answer shall find the 413, and no broken connection. Whoever announces more is not waited for.
    /// </summary>
    private const long ScoringBodyLimit = 1024L * 1024 * 1024;

    /// <summary>Handles a request, or passes it on to <paramref name="next"/>.</summary>
    public async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        if (RequestGuard.WhyRefused(context.Request) is { } reason)
        {
            await WriteErrorAsync(context, StatusCodes.Status403Forbidden, "Forbidden", reason);
            return;
        }

        if (FaultAdmin.IsFor(context.Request))
        {
            await AnswerAsync(context, () => admin.AnswerAsync(context));
        }
        else if (blobs.AddressOf(context) is { } address)
        {
            await PassAsync(context, FaultSurface.Blob, () => blobs.AnswerAsync(context, address));
        }
        else if (context.Request.Path.StartsWithSegments(ScoringRoot, out var rest))
        {
            await PassAsync(context, FaultSurface.Scoring, () => ScoreAsync(context, rest.Value ?? ""));
        }
        else
        {
            // Clients put a resource's id, which begins with a slash, behind a slash of theirs; ARM answers them all the same.
            context.Request.Path = Slashes().Replace(context.Request.Path.Value ?? "", "/");
            await PassAsync(context, FaultSurface.Arm, () => next(context));
        }
    }

    private Task PassAsync(HttpContext context, FaultSurface surface, Func<Task> answer) =>
        faults.PassAsync(context, surface, () => AnswerAsync(context, answer));

    private static async Task AnswerAsync(HttpContext context, Func<Task> answer)
    {
        try
        {
            await answer();
        }
        catch (RefusedException refused) when (!context.Response.HasStarted)
        {
            await WriteErrorAsync(context, refused.Status, refused.Code, refused.Text);
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

    private static Task WriteErrorAsync(HttpContext context, int status, string code, string message) => JsonAnswer.WriteAsync(
        context, status, new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } });

    [GeneratedRegex("/{2,}")]
    private static partial Regex Slashes();
}
