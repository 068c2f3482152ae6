using Sluice.Emulator;
using Sluice.IntegrationTests.Emulator;

namespace Sluice.IntegrationTests.Conformance;

/// <summary>Microsoft's own Python clients, as Debian packs them (<c>python3-azure</c>), against the local Azure ML.</summary>
[Category("Integration")]
public sealed class PythonClientTests
{
    // Debian's packages are the system interpreter's; a 'python3' that comes first on the path may be another one.
    private static readonly string[] Interpreters = ["/usr/bin/python3", "python3"];

    private string _python = "";

    [OneTimeSetUp]
    public async Task FindAsync()
    {
        var tried = new List<string>();
        foreach (var interpreter in Interpreters)
        {
            var import = await ClientRun.TryAsync(
                interpreter, ["-c", "import azure.mgmt.machinelearningservices, azure.mgmt.monitor, azure.storage.blob"]);
            if (import is { ExitCode: 0 })
            {
                _python = interpreter;
                return;
            }

            tried.Add($"{interpreter}: {(import is null ? "not found" : import.Error.TrimEnd().Split('\n')[^1])}");
        }

        Assert.Ignore($"Microsoft's Python clients are not on this machine (Debian: python3-azure). {string.Join("; ", tried)}");
    }

    [Test]
    public async Task A_whole_rollout_by_the_management_client_with_its_own_polling()
    {
        await using var emulator = await RunningEmulator.StartAsync(latency: LatencyProfile.Demo, timeScale: 0.2);

        await RunAsync(emulator, "rollout.py");
    }

    private Task RunAsync(RunningEmulator emulator, string script)
    {
        var path = Path.Combine(Repository.Root, "tests", "Sluice.IntegrationTests", "Conformance", "python", script);
        return ClientScript.RunAsync(emulator, _python, path, "REQUESTS_CA_BUNDLE");
    }
}
