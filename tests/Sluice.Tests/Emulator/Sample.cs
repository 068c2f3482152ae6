using System.Collections.Immutable;
using Sluice.Emulator;
using Sluice.Emulator.Arm;
using Sluice.Emulator.Operations;
using Sluice.Emulator.Workspaces;
using Sluice.Tests.EmulatorScoring;

namespace Sluice.Tests.Emulator;

/// <summary>Workspaces for the tests of the rules, built with the rules themselves.</summary>
internal static class Sample
{
    /// <summary>When the tests' world begins.</summary>
    public static DateTimeOffset Now { get; } = new ManualTime().GetUtcNow();

    /// <summary>A workspace without resources.</summary>
    public static WorkspaceState Nothing { get; } = new(
        Named<Endpoint>(),
        Named<Deployment>(),
        Named<AssetContainer>(),
        Named<ModelVersion>(),
        Named<AssetContainer>(),
        Named<AssetVersion>(),
        Named<AssetContainer>(),
        Named<AssetVersion>(),
        Named<AssetContainer>(),
        Named<AssetVersion>(),
        Named<Datastore>(),
        Named<TagSet>(),
        Named<Operation>());

    public static OperationStart Start(DateTimeOffset? now = null) =>
        new(Guid.NewGuid(), now ?? Now, new OperationLatency(LatencyProfile.Demo, 1));

    public static EndpointContent Endpoint(object? traffic = null, object? mirror = null, string? compute = null) => EndpointReader.Read(
        Json(new { location = "westeurope", properties = new { authMode = "Key", traffic, mirrorTraffic = mirror, compute } }), out _);

    public static DeploymentContent Deployment(string instanceType = "Standard_DS2_v2", int capacity = 1) => DeploymentReader.Read(
        Json(new { location = "westeurope", properties = new { endpointComputeType = "Managed", instanceType }, sku = new { capacity } }));

    public static JsonInput Json(object body) => ArmRequest.Parse(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(body));

    /// <summary>A workspace whose endpoint <c>heart</c> has these deployments, all of them Succeeded, and this traffic.</summary>
    public static WorkspaceState Workspace(string[] deployments, object? traffic = null, object? mirror = null)
    {
        var state = Nothing.Creating().Ended();
        foreach (var (name, age) in deployments.Select((name, index) => (name, index)))
        {
            state = state.Put(state.FindEndpoint("heart")!, name, Deployment(), Start(Now.AddMinutes(age))).State.Ended();
        }

        return traffic is null && mirror is null ? state : state.Setting(Endpoint(traffic, mirror)).Ended();
    }

    /// <summary>The workspace in which the endpoint <c>heart</c> is being created.</summary>
    public static WorkspaceState Creating(this WorkspaceState state) => state.Setting(Endpoint());

    /// <summary>The workspace in which a PUT of the endpoint <c>heart</c> runs.</summary>
    public static WorkspaceState Setting(this WorkspaceState state, EndpointContent content) =>
        state.Put("heart", content, new NewEndpoint(Guid.NewGuid(), new EndpointKeys("one", "two")), Start()).State;

    /// <summary>The workspace after all running operations have succeeded, or failed with an error.</summary>
    public static WorkspaceState Ended(this WorkspaceState state, OperationError? error = null)
    {
        var outcome = error is null ? OperationOutcome.Done : OperationOutcome.Failed(error, "log");
        return state.Operations.Values
            .Where(operation => operation.Status == OperationStatus.Running)
            .Aggregate(state, (before, operation) => before.Complete(operation, outcome, operation.DueAt));
    }

    public static Deployment Deployment(this WorkspaceState state, string name) => state.FindDeployment("heart", name)!;

    public static Endpoint Heart(this WorkspaceState state) => state.FindEndpoint("heart")!;

    private static ImmutableDictionary<string, T> Named<T>() => ImmutableDictionary.Create<string, T>(StringComparer.OrdinalIgnoreCase);
}
