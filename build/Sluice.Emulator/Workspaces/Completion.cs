using Sluice.Emulator.Operations;

namespace Sluice.Emulator.Workspaces;

/// <summary>What becomes visible when an operation ends.</summary>
internal static class Completion
{
    /// <summary>The workspace after an operation.</summary>
    /// <param name="state">The workspace before.</param>
    /// <param name="operation">The operation, still running in <paramref name="state"/>.</param>
    /// <param name="outcome">What its work came to.</param>
    /// <param name="now">The time.</param>
    public static WorkspaceState Complete(this WorkspaceState state, Operation operation, OperationOutcome outcome, DateTimeOffset now)
    {
        var ended = state.With(operation with
        {
            Status = outcome.Error is null ? OperationStatus.Succeeded : OperationStatus.Failed,
            EndedAt = now,
            Error = outcome.Error,
        });
        return operation.Deployment is { } deployment
            ? CompleteDeployment(ended, operation, ended.FindDeployment(operation.Endpoint, deployment), outcome, now)
            : CompleteEndpoint(ended, operation, ended.FindEndpoint(operation.Endpoint), outcome, now);
    }

    /// <summary>The workspace after a container of an earlier process could not be started again.</summary>
    public static WorkspaceState WithoutContainer(this WorkspaceState state, string deployment, Guid container, string? log) =>
        state.Deployments.TryGetValue(deployment, out var found) && found.Container == container
            ? state.With(found with { Container = null, State = found.State.IsSettled() ? ProvisioningState.Failed : found.State, Log = log })
            : state;

    private static WorkspaceState CompleteEndpoint(
        WorkspaceState state, Operation operation, Endpoint? endpoint, OperationOutcome outcome, DateTimeOffset now)
    {
        if (endpoint is null)
        {
            return state;
        }

        if (outcome.Error is not null)
        {
            return state.With(endpoint with { Wanted = null, WantedKeys = null, State = ProvisioningState.Failed, ModifiedAt = now });
        }

        if (operation.Kind == OperationKind.DeleteEndpoint)
        {
            return state with
            {
                Endpoints = state.Endpoints.Remove(endpoint.Name),
                Deployments = state.Deployments.RemoveRange(state.DeploymentsOf(endpoint.Name).Select(d => d.Key)),
            };
        }

        return state.With(endpoint with
        {
            Content = endpoint.Wanted ?? endpoint.Content,
            Wanted = null,
            Keys = endpoint.WantedKeys ?? endpoint.Keys,
            WantedKeys = null,
            State = ProvisioningState.Succeeded,
            HasSucceeded = true,
            ModifiedAt = now,
        });
    }

    private static WorkspaceState CompleteDeployment(
        WorkspaceState state, Operation operation, Deployment? deployment, OperationOutcome outcome, DateTimeOffset now)
    {
        if (deployment is null)
        {
            return state;
        }

        if (outcome.Error is not null)
        {
            return state.With(deployment with { Wanted = null, State = ProvisioningState.Failed, Log = outcome.Log, ModifiedAt = now });
        }

        if (operation.Kind == OperationKind.DeleteDeployment)
        {
            return state with { Deployments = state.Deployments.Remove(deployment.Key) };
        }

        return state.With(deployment with
        {
            Content = deployment.Wanted ?? deployment.Content,
            Wanted = null,
            State = ProvisioningState.Succeeded,
            HasSucceeded = true,
            Container = outcome.Container ?? deployment.Container,
            Log = null,
            ModifiedAt = now,
        });
    }
}
