using Microsoft.AspNetCore.Http;
using Sluice.Emulator.Arm;
using Sluice.Emulator.Hosting;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Faults;

/// <summary>
/// The address at which the faults are looked at and changed while the emulator serves: GET shows them, PUT puts others in their place,
/// DELETE takes them away. It needs ARM's token, and no fault hits it.
/// </summary>
internal sealed class FaultAdmin(LiveFaults faults, BearerToken token)
{
    private const string Path = "/admin/faults";

    /// <summary>Whether a request is for this address, which neither ARM nor a storage account has.</summary>
    public static bool IsFor(HttpRequest request) => request.Path.Equals(Path, StringComparison.OrdinalIgnoreCase);

    /// <summary>Does what a request asks, and shows the faults that are in force then.</summary>
    /// <exception cref="RefusedException">The token, the method or the document is not allowed; nothing has changed.</exception>
    public async Task AnswerAsync(HttpContext context)
    {
        if (!token.Opens(context.Request.Headers.Authorization))
        {
            throw new RefusedException(401, "InvalidAuthenticationToken", "The access token is missing or invalid.", RefusedBy.Gateway);
        }

        switch (context.Request.Method)
        {
            case "GET":
                break;
            case "PUT":
                faults.Replace(FaultReader.Read(await new ArmRequest(context).ReadAsync()));
                break;
            case "DELETE":
                faults.Replace(FaultSettings.None);
                break;
            case var method:
                throw new RefusedException(
                    405, "MethodNotAllowed", $"The method is {method}; allowed are GET, PUT and DELETE.", RefusedBy.Gateway);
        }

        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, FaultDocument.Of(faults.Current, faults.Seed));
    }
}
