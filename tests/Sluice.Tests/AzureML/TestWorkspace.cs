using Azure.Core;
using Azure.Core.Pipeline;
using Azure.ResourceManager;
using Sluice.AzureML;
using Sluice.AzureML.Connection;
using Sluice.Rollouts.Spec;
using Sluice.Tests.AzureResourceManagerMachineLearning;

namespace Sluice.Tests.AzureML;

/// <summary>
/// An <see cref="AzureMLWorkspace"/> whose requests a <see cref="ScriptedService"/> answers, on a clock that never waits.
/// </summary>
internal sealed class TestWorkspace : IDisposable
{
    public static readonly TimeSpan OperationTimeout = TimeSpan.FromMinutes(10);

    public TestWorkspace(TimeSpan? operationTimeout = null)
    {
        var spec = new WorkspaceSpec(Cloud.AzureCloud, "11111111-1111-1111-1111-111111111111", "rg", "ws");
        Connection = new AzureConnection(
            spec,
            new HttpClientTransport(Service),
            Service,
            ArmEnvironment.AzurePublicCloud,
            "https://ml.azure.com",
            _ => new FakeCredential(),
            Mask,
            DelayStrategy.CreateFixedDelayStrategy(TimeSpan.Zero));
        Workspace = new AzureMLWorkspace(Connection, operationTimeout ?? OperationTimeout, Time);
    }

    public ScriptedService Service { get; } = new();

    public RecordedMask Mask { get; } = new();

    public InstantTime Time { get; } = new();

    public RecordedProgress Progress { get; } = new();

    public AzureConnection Connection { get; }

    public AzureMLWorkspace Workspace { get; }

    public void Dispose()
    {
        Connection.Dispose();
        Service.Dispose();
    }

    /// <summary>Scripts an operation that a write starts and that succeeds at the second poll.</summary>
    public void OperationSucceeds() => Service.On(
        "GET", Arm.PollPath, _ => ScriptedService.Answer(200, Arm.Running), _ => ScriptedService.Answer(200, Arm.Succeeded));
}
