using System.Text.Json;
using Sluice.Emulator.Operations;

namespace Sluice.Emulator.Workspaces;

/// <summary>What a client may do to an online deployment. Pure: each change is a function of the state that it is made on.</summary>
internal static class DeploymentChanges
{
    private const int DeploymentsPerEndpoint = 20;
    private const int DeploymentsPerRegion = 500;
    private const int InstancesPerDeployment = 50;

    /// <summary>Creates a deployment, or changes all of one.</summary>
    /// <exception cref="RefusedException">A rule is broken, or another operation is running.</exception>
    public static Begun Put(this WorkspaceState state, Endpoint endpoint, string name, DeploymentContent wanted, OperationStart start)
    {
        CheckInstances(name, wanted);
        CheckEndpoint(endpoint, "create");
        CheckKind(endpoint, name, wanted);
        if (state.FindDeployment(endpoint.Name, name) is { } existing)
        {
            CheckFree(state, endpoint, name, "update");
            CheckRecoverable(existing);
            return Change(state, existing, OperationKind.UpdateDeployment, wanted, ProvisioningState.Updating, start);
        }

        NameRules.CheckDeployment(name);
        CheckFree(state, endpoint, name, "create");
        var siblings = state.DeploymentsOf(endpoint.Name).Count;
        if (siblings >= DeploymentsPerEndpoint)
        {
            throw Refuse.Invalid($"Endpoint [{endpoint.Name}] has {siblings} deployments; at most {DeploymentsPerEndpoint} are allowed.");
        }

        if (state.Deployments.Count >= DeploymentsPerRegion)
        {
            throw Refuse.Invalid(
                $"There are {state.Deployments.Count} deployments in the region; at most {DeploymentsPerRegion} are allowed.");
        }

        var operation = start.Begin(OperationKind.CreateDeployment, endpoint.Name, name);
        var deployment = new Deployment(
            endpoint.Name,
            name,
            wanted,
            Wanted: wanted,

            // The service calls a deployment Updating from the first answer on; Creating is never seen.
            ProvisioningState.Updating,
            HasSucceeded: false,
            Container: null,
            Log: null,
            operation.Id,
            start.Now,
            start.Now);
        return new Begun(state.With(operation).With(deployment), operation);
    }

    /// <summary>Changes tags or sku of a deployment.</summary>
    /// <exception cref="RefusedException">A rule is broken, or another operation is running.</exception>
    public static Begun Patch(this WorkspaceState state, Endpoint endpoint, Deployment deployment, DeploymentContent wanted, OperationStart start)
    {
        CheckInstances(deployment.Name, wanted);
        CheckUpdatable(state, endpoint, deployment);
        var shown = wanted.InstanceCount == deployment.Content.InstanceCount ? ProvisioningState.Updating : ProvisioningState.Scaling;
        return Change(state, deployment, OperationKind.PatchDeployment, wanted, shown, start);
    }

    /// <summary>Replaces the tags of a deployment, and is done with it: there is no operation to wait for.</summary>
    /// <exception cref="RefusedException">An operation is running, or the deployment never came up.</exception>
    public static WorkspaceState Tag(this WorkspaceState state, Endpoint endpoint, Deployment deployment, JsonElement tags, DateTimeOffset now)
    {
        CheckUpdatable(state, endpoint, deployment);
        return state.With(deployment with { Content = deployment.Content with { Tags = tags }, ModifiedAt = now });
    }

    /// <summary>Deletes a deployment that gets no traffic.</summary>
    /// <exception cref="RefusedException">It gets traffic, or another operation is running.</exception>
    public static Begun Delete(this WorkspaceState state, Endpoint endpoint, Deployment deployment, OperationStart start)
    {
        // While the endpoint is being updated its next traffic may name this deployment.
        CheckEndpoint(endpoint, "delete");
        CheckFree(state, endpoint, deployment.Name, "delete");
        if (endpoint.Content.TrafficOf(deployment.Name) > 0)
        {
            throw Refuse.Invalid($"Can't delete deployment [{deployment.Name}] with non-zero traffic weight");
        }

        if (endpoint.Content.MirrorTrafficOf(deployment.Name) > 0)
        {
            throw Refuse.Invalid($"Can't delete deployment [{deployment.Name}] with non-zero mirror traffic weight");
        }

        var operation = start.Begin(OperationKind.DeleteDeployment, endpoint.Name, deployment.Name);
        return new Begun(
            state.With(operation).With(deployment with
            {
                State = ProvisioningState.Deleting,
                LastOperation = operation.Id,
                ModifiedAt = start.Now,
            }),
            operation);
    }

    /// <summary>The cores that deployments take, the reserve for upgrades included; those that never came up take none.</summary>
    public static int CoresInUse(this WorkspaceState state) =>
        state.Deployments.Values.Where(deployment => deployment.HasSucceeded || !deployment.State.IsSettled()).Sum(CoresOf);

    /// <summary>The error of an operation that needs more cores than are free, or null.</summary>
    /// <param name="state">The workspace.</param>
    /// <param name="deployment">The deployment that wants cores.</param>
    /// <param name="limit">Cores that all deployments may take together.</param>
    public static OperationError? QuotaError(this WorkspaceState state, Deployment deployment, int limit)
    {
        var wanted = deployment.Wanted ?? deployment.Content;
        var needed = InstanceTypes.QuotaOf(wanted.InstanceType, wanted.InstanceCount);
        var used = state.Deployments.Values
            .Where(other => other.Key != deployment.Key && (other.HasSucceeded || other.StartedBefore(deployment)))
            .Sum(CoresOf);
        return used + needed <= limit
            ? null
            : new OperationError(
                "OutOfQuota",
                $"Not enough quota available for {wanted.InstanceType}. Current usage/limit: {used}/{limit}. Additional needed: {needed}."
                + (InstanceTypes.IsReserved(wanted.InstanceType)
                    ? " One fifth more cores than the instances have are reserved for upgrades."
                    : ""));
    }

    private static int CoresOf(Deployment deployment) =>
        InstanceTypes.QuotaOf(deployment.Content.InstanceType, deployment.Content.InstanceCount);

    private static bool StartedBefore(this Deployment other, Deployment deployment) =>
        other.State == ProvisioningState.Updating && other.CreatedAt < deployment.CreatedAt;

    private static Begun Change(
        WorkspaceState state,
        Deployment deployment,
        OperationKind kind,
        DeploymentContent wanted,
        ProvisioningState shown,
        OperationStart start)
    {
        var operation = start.Begin(kind, deployment.Endpoint, deployment.Name);
        return new Begun(
            state.With(operation).With(deployment with
            {
                Wanted = wanted,
                State = shown,
                LastOperation = operation.Id,
                ModifiedAt = start.Now,
            }),
            operation);
    }

    private static void CheckInstances(string name, DeploymentContent wanted)
    {
        if (wanted.InstanceCount is < 1 or > InstancesPerDeployment)
        {
            throw Refuse.Invalid(
                $"The instance count of deployment [{name}] is {wanted.InstanceCount}; allowed is 1 to {InstancesPerDeployment}.");
        }
    }

    // An endpoint without compute has no cluster, and one with it no machines of Azure's (documentation: "Online endpoints YAML reference").
    private static void CheckKind(Endpoint endpoint, string name, DeploymentContent wanted)
    {
        if (wanted.ComputeType == (endpoint.Content.IsManaged ? DeploymentContent.Kubernetes : DeploymentContent.Managed))
        {
            throw Refuse.Invalid(
                $"The endpointComputeType of deployment [{name}] is {wanted.ComputeType}; endpoint [{endpoint.Name}] is "
                + $"{(endpoint.Content.IsManaged ? "managed" : "on Kubernetes")}.");
        }
    }

    private static void CheckUpdatable(WorkspaceState state, Endpoint endpoint, Deployment deployment)
    {
        CheckEndpoint(endpoint, "update");
        CheckFree(state, endpoint, deployment.Name, "update");
        CheckRecoverable(deployment);
    }

    private static void CheckEndpoint(Endpoint endpoint, string verb)
    {
        if (!endpoint.HasSucceeded && endpoint.State is ProvisioningState.Failed or ProvisioningState.Deleting)
        {
            throw Refuse.Invalid(
                "This endpoint has not been created successfully or is in deleting provisioning state. "
                + "Please recreate endpoint and then try again to create deployment.");
        }

        if (!endpoint.State.IsSettled())
        {
            throw Refuse.Busy($"Cannot {verb} a deployment in endpoint {endpoint.Name} because it is in {endpoint.State} provisioning state");
        }
    }

    // The deployments of an endpoint are worked on one at a time: a new operation on an endpoint with one in progress is a conflict.
    private static void CheckFree(WorkspaceState state, Endpoint endpoint, string name, string verb)
    {
        if (state.DeploymentsOf(endpoint.Name).Where(deployment => !deployment.State.IsSettled()).MinBy(d => d.CreatedAt) is not { } busy)
        {
            return;
        }

        throw Refuse.Busy(busy.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
            ? $"Cannot {verb} deployment {busy.Name} because it is in {busy.State} provisioning state"
            : $"Cannot {verb} deployment {name}: another operation on endpoint {endpoint.Name} is already in progress. "
                + $"Deployment {busy.Name} is in {busy.State} provisioning state");
    }

    private static void CheckRecoverable(Deployment deployment)
    {
        if (!deployment.HasSucceeded)
        {
            throw Refuse.Invalid(
                $"Specified deployment [{deployment.Name}] failed during initial provisioning and is in an unrecoverable state. "
                + "Delete and re-create.");
        }
    }
}
