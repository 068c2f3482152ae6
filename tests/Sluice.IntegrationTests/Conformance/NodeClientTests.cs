using Sluice.Emulator;
using Sluice.IntegrationTests.Emulator;

namespace Sluice.IntegrationTests.Conformance;

/// <summary>Microsoft's own Node clients (<c>@azure/arm-machinelearning</c>, <c>@azure/storage-blob</c>) against the local Azure ML.</summary>
[Category("Integration")]
public sealed class NodeClientTests
{
    private const int OldestNode = 18;

    [Test]
    public async Task A_whole_rollout_by_the_management_client_with_its_own_polling()
    {
        var folder = await NodePackages.InstallAsync("node", OldestNode);
        await using var emulator = await RunningEmulator.StartAsync(latency: LatencyProfile.Demo, timeScale: 0.2);

        var run = await ClientRun.TryAsync("node", [Path.Combine(folder, "rollout.mjs")], folder, new Dictionary<string, string>
        {
            ["NODE_EXTRA_CA_CERTS"] = emulator.Connection.CertificatePath,
            ["SLUICE_CONNECTION"] = Path.Combine(emulator.Folder, "connection.json"),
            ["SLUICE_MODELS"] = Path.Combine(Repository.Root, "models", "heart-classifier"),
        });

        var checks = run!.Checks();
        TestContext.Out.WriteLine($"{checks.Count} checks");
        using (Assert.EnterMultipleScope())
        {
            foreach (var check in checks)
            {
                check.Hold();
            }
        }
    }
}
