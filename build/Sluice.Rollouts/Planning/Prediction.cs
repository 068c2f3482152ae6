using System.Globalization;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning;

/// <summary>What an action will have made of the workspace; pure. A <see cref="Forecast"/> walks on it.</summary>
public static class Prediction
{
    /// <summary>The workspace after the action has succeeded.</summary>
    public static WorkspaceState After(this WorkspaceState state, RolloutAction action) => action switch
    {
        AwaitSettled when state.Endpoint is { State: ProvisioningState.Deleting } => state with { Endpoint = null },
        RegisterModel { Beside: { } create } register => state.After(register with { Beside = null }).After(create),
        RegisterModel register => state with
        {
            Models = state.Models.Insert(0, new(register.Model, NextVersion(state), register.Folder.Digest)
            {
                Type = register.Folder.Type,
            }),
        },
        CreateEndpoint create => state with
        {
            Endpoint = new()
            {
                Name = create.Endpoint.Name,
                State = ProvisioningState.Succeeded,
                AuthMode = create.Endpoint.AuthMode,
                Tags = create.Endpoint.Tags,
            },
        },
        DeleteEndpoint => state with { Endpoint = null },
        _ => state with { Endpoint = state.Endpoint is { } endpoint ? After(endpoint, action) : null },
    };

    /// <summary>The workspace after a write has arrived that was intended, and that nobody saw the end of.</summary>
    public static WorkspaceState After(this WorkspaceState state, WriteIntended intended)
    {
        ArgumentNullException.ThrowIfNull(intended);
        return state with
        {
            Endpoint = state.Endpoint is not { } endpoint ? null
                : intended.Traffic is null ? endpoint with { Tags = intended.Mark?.WriteTo(endpoint.Tags) ?? endpoint.Tags }
                : Written(endpoint, new(endpoint.Name, endpoint.Traffic, Traffic.Of(intended.Traffic), intended.Mark)
                {
                    Mirror = intended.Mirror is { } mirror ? Traffic.Of(mirror) : null,
                }),
        };
    }

    private static EndpointState Written(EndpointState endpoint, TrafficChange change) => endpoint with
    {
        State = ProvisioningState.Succeeded,
        Traffic = change.Wanted,
        MirrorTraffic = change.MirrorAfter(endpoint.MirrorTraffic),
        Tags = change.Mark?.WriteTo(endpoint.Tags) ?? endpoint.Tags,
    };

    private static EndpointState After(EndpointState endpoint, RolloutAction action) => action switch
    {
        CreateDeployment create => endpoint with
        {
            Deployments = endpoint.Deployments.Insert(0, new()
            {
                Name = create.Name,
                State = ProvisioningState.Succeeded,
                ModelName = create.Model.Name,
                ModelVersion = create.Model.Version,
                ModelRegistry = create.Model.Registry,
                InstanceType = create.Spec.InstanceType,
                InstanceCount = create.Spec.InstanceCount,
                // No clock is read here; newer than all others is what matters.
                CreatedAt = endpoint.Deployments.Select(deployment => deployment.CreatedAt).DefaultIfEmpty().Max().AddTicks(1),
                Tags = create.Tags,
            }),
        },
        SetTraffic shift => Written(endpoint, shift.Change),
        SetMark mark => endpoint with { Tags = mark.Mark.WriteTo(endpoint.Tags) },
        TagDeployment tag => endpoint with
        {
            Deployments =
            [
                .. endpoint.Deployments.Select(deployment =>
                    deployment.Name == tag.Deployment ? deployment with { Tags = deployment.Tags.SetItem(tag.Name, tag.Value) } : deployment),
            ],
        },
        DeleteDeployment delete => endpoint with
        {
            Deployments = endpoint.Deployments.RemoveAll(deployment => deployment.Name == delete.Deployment),
        },
        AwaitSettled => endpoint with
        {
            State = Settled(endpoint.State),
            Deployments =
            [
                .. endpoint.Deployments
                    .Where(deployment => deployment.State != ProvisioningState.Deleting)
                    .Select(deployment => deployment with { State = Settled(deployment.State) }),
            ],
        },
        _ => endpoint,
    };

    private static ProvisioningState Settled(ProvisioningState state) => state.IsSettled() ? state : ProvisioningState.Succeeded;

    private static string NextVersion(WorkspaceState state) => (state.Models
        .Where(model => model.Registry is null)
        .Select(model => int.TryParse(model.Version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
        .DefaultIfEmpty()
        .Max() + 1).ToString(CultureInfo.InvariantCulture);
}
