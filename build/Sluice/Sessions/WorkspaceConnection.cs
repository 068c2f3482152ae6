using Sluice.AzureML;
using Sluice.Emulator;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;

namespace Sluice.Sessions;

/// <summary>The way to a workspace: the real one, or the local one, which is started or attached to first.</summary>
internal sealed class WorkspaceConnection : IAsyncDisposable
{
    private readonly LocalAzure? _local;
}
