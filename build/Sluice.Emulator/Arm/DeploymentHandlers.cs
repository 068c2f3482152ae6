using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Emulator.Operations;
using Sluice.Emulator.Store;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Arm;

/// <summary>The routes of online deployments.</summary>
internal sealed class DeploymentHandlers(
    ArmScope scope, WorkspaceStore store, OperationRunner runner, OperationClock clock, RunningContainers containers, Task containersUp)
    : ITaggedResource
{
    private const int MaximumInstances = 50;
    private static readonly (string, string) RetryAfter = ("Retry-After", "1");

    /// <summary>Lists the deployments of an endpoint, newest first unless <c>$orderBy</c> says otherwise.</summary>
    public Task<ArmReply> List(ArmRequest request)
    {
        var endpoint = FindParent(store.Current, request);
        var found = store.Current.DeploymentsOf(endpoint.Name);
        var ordered = request.Query("$orderBy")?.ToUpperInvariant() switch
        {
            "CREATEDTIME ASC" or "CREATEDATASC" => found.OrderBy(deployment => deployment.CreatedAt),
            "UPDATEDTIME ASC" or "UPDATEDATASC" => found.OrderBy(deployment => deployment.ModifiedAt),
            "UPDATEDTIME DESC" or "UPDATEDATDESC" => found.OrderByDescending(deployment => deployment.ModifiedAt),
            _ => found.OrderByDescending(deployment => deployment.CreatedAt),
        };
        return Task.FromResult(Page.Of(request, ordered, deployment => Document(deployment, request)));
    }

    /// <summary>Reads a deployment.</summary>
    public Task<ArmReply> Get(ArmRequest request) => Task.FromResult(ArmReply.Ok(Document(request.Deployment(store.Current, scope), request)));

    /// <summary>Creates or changes a deployment.</summary>
    public async Task<ArmReply> Put(ArmRequest request)
    {
        var name = request.Name("deployment");
        var wanted = DeploymentReader.Read(await request.ReadAsync());
        var begun = store.Update(state =>
        {
            var change = state.Put(FindParent(state, request), name, wanted, clock.Start(request.NextOperationFault));
            return (change.State, change);
        });

        // The answer shows the deployment as the operation found it, even when the operation ends at once.
        var deployment = request.Deployment(begun.State, scope);
        var document = Document(deployment, request);
        runner.Run(begun.Operation);
        var location = OperationLinks.Resource(request.Root, DeploymentDocument.IdOf(deployment, scope));
        return ArmReply.Created(document, OperationLinks.Headers(request.Root, scope, begun.Operation, location));
    }

    /// <summary>Changes tags or the number of instances.</summary>
    public async Task<ArmReply> Patch(ArmRequest request)
    {
        var body = await request.ReadAsync();
        var operation = Begin(request, (state, endpoint, deployment) =>
            state.Patch(endpoint, deployment, DeploymentReader.Patch(body, deployment.Content), clock.Start(request.NextOperationFault)));
        return Accepted(request, operation, RetryAfter);
    }

    /// <inheritdoc />
    public (string Id, JsonElement Tags) ReadTags(ArmRequest request)
    {
        var deployment = request.Deployment(store.Current, scope);
        return (DeploymentDocument.IdOf(deployment, scope), deployment.Content.Tags);
    }

    /// <inheritdoc />
    public JsonElement ChangeTags(ArmRequest request, Func<JsonElement, JsonElement> change) => store.Update(state =>
    {
        var (endpoint, deployment) = (FindParent(state, request), request.Deployment(state, scope));
        var wanted = change(deployment.Content.Tags);
        return (state.Tag(endpoint, deployment, wanted, clock.Now), wanted);
    });

    /// <summary>Deletes a deployment.</summary>
    public Task<ArmReply> Delete(ArmRequest request)
    {
        if (store.Current.FindDeployment(request.Name("endpoint"), request.Name("deployment")) is null)
        {
            return Task.FromResult(ArmReply.NoContent);
        }

        var operation = Begin(
            request, (state, endpoint, deployment) => state.Delete(endpoint, deployment, clock.Start(request.NextOperationFault)));
        return Task.FromResult(Accepted(request, operation));
    }

    /// <summary>Shows the log of the instance's start and of its container.</summary>
    public async Task<ArmReply> GetLogs(ArmRequest request)
    {
        request.Deployment(store.Current, scope);
        var body = await request.ReadOptionalAsync();
        var container = body?.TakeChoice("containerType", "StorageInitializer", "InferenceServer", "ModelDataCollector") ?? "InferenceServer";
        var tail = body?.TakeInteger("tail") ?? 0;

        // Azure's containers do not end with a process on somebody's desk; those of an earlier run are back in a moment.
        await containersUp.WaitAsync(request.Aborted);
        var deployment = request.Deployment(store.Current, scope);
        var log = container == "InferenceServer" ? LogOf(deployment) : StorageLogOf(deployment);
        return ArmReply.Ok(new JsonObject { ["content"] = InstanceLog.Tail(log, tail) });
    }

    /// <summary>Lists the SKUs a deployment can be scaled to.</summary>
    public Task<ArmReply> ListSkus(ArmRequest request)
    {
        request.Deployment(store.Current, scope);
        return Task.FromResult(Page.Of(request, ["Default"], name => new JsonObject
        {
            ["resourceType"] = "Microsoft.MachineLearning.Services/endpoints/deployments",
            ["sku"] = new JsonObject { ["name"] = name, ["tier"] = "Standard" },
            ["capacity"] = new JsonObject { ["minimum"] = 1, ["maximum"] = MaximumInstances, ["default"] = 1, ["scaleType"] = "Automatic" },
        }));
    }

    private string LogOf(Deployment deployment) => deployment.Log
        ?? (deployment.Container is { } id && containers.Find(id) is { } container
            ? InstanceLog.Succeeded(container.Log)
            : InstanceLog.Pending);

    private static string StorageLogOf(Deployment deployment) => deployment.Container is null
        ? deployment.Log ?? InstanceLog.Pending
        : InstanceLog.Succeeded(deployment.Content.Model is { } model ? $"Downloaded {model}.\n" : "There is no model to download.\n");

    private Operation Begin(ArmRequest request, Func<WorkspaceState, Endpoint, Deployment, Begun> change)
    {
        var operation = store.Update(state =>
        {
            var begun = change(state, FindParent(state, request), request.Deployment(state, scope));
            return (begun.State, begun.Operation);
        });
        runner.Run(operation);
        return operation;
    }

    private ArmReply Accepted(ArmRequest request, Operation operation, params ReadOnlySpan<(string, string)> more)
    {
        var result = OperationLinks.Result(request.Root, scope, operation.Id, isDeployment: true);
        return ArmReply.Accepted([.. OperationLinks.Headers(request.Root, scope, operation, result), .. more]);
    }

    private Endpoint FindParent(WorkspaceState state, ArmRequest request) =>
        state.FindEndpoint(request.Name("endpoint"))
        ?? throw Refuse.ParentNotFound($"{scope.Workspace}/onlineEndpoints/{request.Name("endpoint")}");

    private JsonObject Document(Deployment deployment, ArmRequest request) => DeploymentDocument.Of(deployment, scope, request.Root);
}
