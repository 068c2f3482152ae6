using Microsoft.AspNetCore.Http;

namespace Sluice.Emulator.Faults;

/// <summary>A request, as far as rules look at it.</summary>
/// <param name="Surface">The service that it is for.</param>
/// <param name="Method">Its method, in upper case.</param>
/// <param name="Path">Its path, unescaped.</param>
/// <param name="Query">Its query with the question mark, as it came, or nothing. May hold a signature, so it is not shown.</param>
internal sealed record FaultTarget(FaultSurface Surface, string Method, string Path, string Query)
{
    /// <summary>The request of an exchange.</summary>
    public static FaultTarget Of(HttpContext context, FaultSurface surface) => new(
        surface, context.Request.Method.ToUpperInvariant(), context.Request.Path.Value ?? "/", context.Request.QueryString.Value ?? "");

    /// <summary>Method and path.</summary>
    public override string ToString() => $"{Method} {Path}";
}
