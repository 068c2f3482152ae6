using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Sluice.Emulator.Arm;

/// <summary>Writes JSON answers.</summary>
internal static class JsonAnswer
{
    /// <summary>Answers with a document; a HEAD request gets its length only.</summary>
    public static async Task WriteAsync(HttpContext context, int status, JsonNode? document)
    {
        var body = ArmJson.Write(document);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }
}
