using Microsoft.AspNetCore.Http;
using Sluice.Emulator.Arm;
using Sluice.Emulator.Blobs;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Faults;

/// <summary>Writes errors as each of the services does.</summary>
internal sealed class ErrorAnswers(ArmPipeline arm, BlobSurface blobs)
{
    /// <summary>Writes an error, with the headers that all answers of the service have.</summary>
    public async Task WriteAsync(HttpContext context, FaultSurface surface, AnswerEffect error)
    {
        if (error.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = RetryAfter.Of(wait);
        }

        var code = error.CodeOn(surface);
        switch (surface)
        {
            case FaultSurface.Arm:
                await arm.RefuseAsync(context, new RefusedException(error.Status, code, error.Text, RefusedBy.Gateway));
                break;
            case FaultSurface.Blob:
                await blobs.RefuseAsync(context, new BlobRefusedException(error.Status, code, error.Text));
                break;
            default:
                context.Response.StatusCode = error.Status;
                context.Response.ContentType = "text/plain";
                await context.Response.WriteAsync(error.Text, context.RequestAborted);
                break;
        }
    }
}
