using System.Text.Json;
using Sluice.Emulator.Operations;

namespace Sluice.Emulator.Workspaces;

/// <summary>What a client may do to an online endpoint. Pure: each change is a function of the state that it is made on.</summary>
internal static class EndpointChanges
{
    private const int EndpointsPerRegion = 100;

    /// <summary>Creates an endpoint, or changes all of one.</summary>
    /// <exception cref="RefusedException">A rule is broken, or another operation is running.</exception>
    public static Begun Put(this WorkspaceState state, string name, EndpointContent wanted, NewEndpoint secrets, OperationStart start)
    {
        if (state.FindEndpoint(name) is not { } endpoint)
        {
            return Create(state, name, wanted, secrets, start);
        }

        CheckFree(endpoint, "update");
        CheckUsable(endpoint);
        if (!endpoint.Content.Location.Equals(wanted.Location, StringComparison.OrdinalIgnoreCase))
        {
            throw Refuse.BadRequest(
                "InvalidResourceLocation",
                $"The resource '{endpoint.Name}' already exists in location '{endpoint.Content.Location}'. "
                + $"A resource with the same name cannot be created in location '{wanted.Location}'.");
        }

        CheckKind(endpoint, wanted);
        return Change(state, endpoint, OperationKind.UpdateEndpoint, TrafficRules.Check(endpoint, state.DeploymentsOf(name), wanted), start);
    }

    /// <summary>Changes tags, identity or sku of an endpoint.</summary>
    /// <exception cref="RefusedException">Another operation is running, or the endpoint is unusable.</exception>
    public static Begun Patch(this WorkspaceState state, Endpoint endpoint, EndpointContent wanted, OperationStart start)
    {
        CheckFree(endpoint, "update");
        CheckUsable(endpoint);
        return Change(state, endpoint, OperationKind.PatchEndpoint, wanted, start);
    }

    /// <summary>Replaces the tags of an endpoint, and is done with it: there is no operation to wait for.</summary>
    /// <exception cref="RefusedException">An operation is running, or the endpoint is unusable.</exception>
    public static WorkspaceState Tag(this WorkspaceState state, Endpoint endpoint, JsonElement tags, DateTimeOffset now)
    {
        CheckFree(endpoint, "update");
        CheckUsable(endpoint);
        return state.With(endpoint with { Content = endpoint.Content with { Tags = tags }, ModifiedAt = now });
    }

    /// <summary>Replaces the keys of an endpoint.</summary>
    /// <exception cref="RefusedException">Another operation is running, or the endpoint has no keys.</exception>
    public static Begun RegenerateKeys(this WorkspaceState state, Endpoint endpoint, EndpointKeys keys, OperationStart start)
    {
        CheckFree(endpoint, "regenerate the keys of");
        CheckUsable(endpoint);
        var operation = start.Begin(OperationKind.RegenerateKeys, endpoint.Name);
        return new Begun(
            state.With(operation).With(endpoint with
            {
                WantedKeys = keys,
                State = ProvisioningState.Updating,
                LastOperation = operation.Id,
                ModifiedAt = start.Now,
            }),
            operation);
    }

    /// <summary>Deletes an endpoint with all of its deployments, whatever their traffic.</summary>
    /// <exception cref="RefusedException">An operation is running on it or on one of its deployments.</exception>
    public static Begun Delete(this WorkspaceState state, Endpoint endpoint, OperationStart start)
    {
        CheckFree(endpoint, "delete");
        if (state.DeploymentsOf(endpoint.Name).FirstOrDefault(d => !d.State.IsSettled()) is { } busy)
        {
            throw Refuse.Busy($"Cannot delete endpoint {endpoint.Name} because its deployment {busy.Name} is in {busy.State} provisioning state");
        }

        var operation = start.Begin(OperationKind.DeleteEndpoint, endpoint.Name);
        return new Begun(
            state.With(operation).With(endpoint with
            {
                State = ProvisioningState.Deleting,
                LastOperation = operation.Id,
                ModifiedAt = start.Now,
            }),
            operation);
    }

    private static Begun Create(WorkspaceState state, string name, EndpointContent wanted, NewEndpoint secrets, OperationStart start)
    {
        NameRules.CheckEndpoint(name);
        if (state.Endpoints.Count >= EndpointsPerRegion)
        {
            throw Refuse.Invalid($"There are {state.Endpoints.Count} endpoints in the region; at most {EndpointsPerRegion} are allowed.");
        }

        var content = TrafficRules.CheckNew(name, wanted);
        var operation = start.Begin(OperationKind.CreateEndpoint, name);
        var endpoint = new Endpoint(
            name,
            content,
            Wanted: content,
            ProvisioningState.Creating,
            HasSucceeded: false,
            secrets.PrincipalId,
            secrets.Keys,
            WantedKeys: null,
            Tokens: [],
            operation.Id,
            start.Now,
            start.Now);
        return new Begun(state.With(operation).With(endpoint), operation);
    }

    private static Begun Change(WorkspaceState state, Endpoint endpoint, OperationKind kind, EndpointContent wanted, OperationStart start)
    {
        var operation = start.Begin(kind, endpoint.Name);
        return new Begun(
            state.With(operation).With(endpoint with
            {
                Wanted = wanted,
                State = ProvisioningState.Updating,
                LastOperation = operation.Id,
                ModifiedAt = start.Now,
            }),
            operation);
    }

    // Its deployments are of one kind, and stay (documentation: "Online endpoints YAML reference", compute).
    private static void CheckKind(Endpoint endpoint, EndpointContent wanted)
    {
        if (endpoint.Content.IsManaged != wanted.IsManaged)
        {
            throw Refuse.Invalid(
                $"Endpoint [{endpoint.Name}] is {(endpoint.Content.IsManaged ? "managed" : "on Kubernetes")}, which compute cannot change; "
                + "delete the endpoint and create it anew.");
        }
    }

    private static void CheckFree(Endpoint endpoint, string verb)
    {
        if (!endpoint.State.IsSettled())
        {
            throw Refuse.Busy($"Cannot {verb} endpoint {endpoint.Name} because it is in {endpoint.State} provisioning state");
        }
    }

    private static void CheckUsable(Endpoint endpoint)
    {
        if (!endpoint.HasSucceeded)
        {
            throw Refuse.Invalid($"Specified endpoint [{endpoint.Name}] has not been created successfully. Please recreate the endpoint.");
        }
    }
}
