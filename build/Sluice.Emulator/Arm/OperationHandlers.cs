using System.Text.Json.Nodes;
using Sluice.Emulator.Operations;
using Sluice.Emulator.Store;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Arm;

/// <summary>The two routes that clients poll.</summary>
internal sealed class OperationHandlers(ArmScope scope, WorkspaceStore store)
{
    private static readonly (string, string) RetryAfter = ("Retry-After", "1");

    /// <summary>How far an operation is. 200 whatever the answer.</summary>
    public Task<ArmReply> Status(ArmRequest request)
    {
        var operation = Find(request);
        var isDeployment = operation.Deployment is not null;
        var document = new JsonObject
        {
            ["id"] = OperationLinks.StatusId(scope, operation.Id, isDeployment),
            ["name"] = OperationLinks.Name(scope, operation.Id, isDeployment),
            ["startTime"] = WireTime.Zulu(operation.StartedAt),
        };
        if (operation.EndedAt is { } end)
        {
            document["endTime"] = WireTime.Zulu(end);
        }

        document["percentComplete"] = operation.EndedAt is null ? 0.0 : 100.0;
        document["status"] = operation.Status == OperationStatus.Running ? "Updating" : operation.Status.ToString();
        if (operation.Error is { } error)
        {
            document["error"] = ErrorDocument.Of(operation, error);
        }

        return Task.FromResult(ArmReply.Ok(document));
    }

    /// <summary>The result of an operation: 202 while it runs, then the resource, or 204 when that is gone.</summary>
    public Task<ArmReply> Result(ArmRequest request)
    {
        var operation = Find(request);
        return Task.FromResult(operation.Status switch
        {
            OperationStatus.Running => ArmReply.Accepted(
                ("Location", OperationLinks.Result(request.Root, scope, operation.Id, operation.Deployment is not null)), RetryAfter),
            OperationStatus.Failed => new ArmReply(409, true, new JsonObject { ["error"] = ErrorDocument.Of(operation, operation.Error!) }),
            _ => ResourceOf(operation, request) is { } resource ? ArmReply.Ok(resource) : ArmReply.NoContent,
        });
    }

    private JsonObject? ResourceOf(Operation operation, ArmRequest request)
    {
        var state = store.Current;
        if (operation.Deployment is not { } name)
        {
            return state.FindEndpoint(operation.Endpoint) is { } endpoint ? EndpointDocument.Of(endpoint, scope, request.Root) : null;
        }

        return state.FindDeployment(operation.Endpoint, name) is { } deployment ? DeploymentDocument.Of(deployment, scope, request.Root) : null;
    }

    private Operation Find(ArmRequest request)
    {
        var name = request.Name("operation");
        return OperationLinks.TryParse(name) is { } id && store.Current.FindOperation(id) is { } operation
            ? operation.Shown()
            : throw Refuse.AssetNotFound("OperationNotFound", $"Operation {name} not found.");
    }
}
