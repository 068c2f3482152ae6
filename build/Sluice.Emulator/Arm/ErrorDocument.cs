using System.Text.Json.Nodes;
using Sluice.Emulator.Operations;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Arm;

/// <summary>The wire form of errors.</summary>
internal static class ErrorDocument
{
    /// <summary>
    /// A refusal. The gateway's is short; the resource provider's says where it comes from; Azure Monitor's stands alone, without a member
    /// around it (azure-sdk-for-net#29584).
    /// </summary>
    public static JsonObject Of(RefusedException refused, ArmScope scope, Guid correlation, DateTimeOffset now)
    {
        var error = new JsonObject { ["code"] = refused.Code, ["message"] = refused.Text };
        if (refused.By == RefusedBy.Monitor)
        {
            return error;
        }

        if (refused.By == RefusedBy.Provider)
        {
            error["details"] = refused.DetailMessage is null
                ? []
                : new JsonArray(new JsonObject
                {
                    ["code"] = refused.DetailCode,
                    ["message"] = refused.DetailMessage,
                    ["details"] = new JsonArray(),
                    ["additionalInfo"] = new JsonArray(),
                });
            error["additionalInfo"] = new JsonArray(
                Info("ComponentName", "managementfrontend"),
                Info("Correlation", new JsonObject { ["operation"] = correlation.ToString("N"), ["request"] = $"{correlation:N}"[..16] }),
                Info("Environment", scope.Location),
                Info("Location", scope.Location),
                Info("Time", WireTime.Offset(now)));
        }

        return new JsonObject { ["error"] = error };
    }

    /// <summary>The error of a failed operation: the wrapper that Azure puts around the cause.</summary>
    public static JsonObject Of(Operation operation, OperationError error) => new()
    {
        ["code"] = operation.Deployment is null ? "ResourceOperationFailure" : "DeploymentFailed",
        ["message"] = operation.Deployment is null
            ? $"Endpoint {operation.Endpoint}: Operation failed or canceled. {error.Code}: {error.Message}"
            : $"Deployment {operation.Deployment} of endpoint {operation.Endpoint}: Operation failed or canceled. {error.Code}: {error.Message}",
        ["details"] = new JsonArray(new JsonObject
        {
            ["code"] = error.Code,
            ["message"] = error.Message,
            ["details"] = new JsonArray(),
            ["additionalInfo"] = new JsonArray(),
        }),
        ["additionalInfo"] = new JsonArray(),
    };

    private static JsonObject Info(string type, JsonNode value) => new() { ["type"] = type, ["info"] = new JsonObject { ["value"] = value } };
}
