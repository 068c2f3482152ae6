using Sluice.Rollouts.State;

namespace Sluice.Tests.Rollouts.Rehearsals;

/// <summary>A workspace in words, for comparing two of them: all but what differs from run to run, ids and times.</summary>
internal static class Picture
{
    public static string Of(WorkspaceState state) => state.Endpoint is not { } endpoint
        ? $"models {string.Join(", ", state.Models)}; no endpoint"
        : $"""
           models {string.Join(", ", state.Models)}
           endpoint {endpoint.Name} is {endpoint.State}, {endpoint.AuthMode}, traffic [{endpoint.Traffic}], mirrored [{endpoint.MirrorTraffic}]
           tags {string.Join(", ", endpoint.Tags.Where(tag => tag.Key != "sluice-rollout"))}
           {string.Join("\n", endpoint.Deployments.Select(Of))}
           """;

    private static string Of(DeploymentState each) =>
        $"{each.Name} is {each.State} with {each.Served} on {each.InstanceCount} × {each.InstanceType}, {string.Join(", ", each.Tags)}";
}
