using Sluice.Emulator;
using Sluice.IntegrationTests.Emulator;

namespace Sluice.IntegrationTests.Conformance;

/// <summary>
/// Microsoft's own Node clients against the local Azure ML: <c>@azure/arm-machinelearning</c>, <c>@azure/arm-monitor</c>,
/// <c>@azure/storage-blob</c>.
/// </summary>
[Category("Integration")]
public sealed class NodeClientTests
{
    private const int OldestNode = 18;

    private string _folder = "";

    [OneTimeSetUp]
    public async Task InstallAsync() => _folder = await NodePackages.InstallAsync("node", OldestNode);

    [Test]
    public async Task A_whole_rollout_by_the_management_client_with_its_own_polling()
    {
        await using var emulator = await RunningEmulator.StartAsync(latency: LatencyProfile.Demo, timeScale: 0.2);

        await RunAsync(emulator, "rollout.mjs");
    }

    private Task RunAsync(RunningEmulator emulator, string script) =>
        ClientScript.RunAsync(emulator, "node", Path.Combine(_folder, script), "NODE_EXTRA_CA_CERTS");
}
