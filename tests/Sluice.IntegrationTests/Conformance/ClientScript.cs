using Sluice.IntegrationTests.Emulator;

namespace Sluice.IntegrationTests.Conformance;

/// <summary>A script that drives somebody else's client.</summary>
internal static class ClientScript
{
    /// <summary>Runs a script against a local Azure ML, and asserts each of its checks.</summary>
    /// <param name="emulator">The local Azure ML.</param>
    /// <param name="program">The interpreter.</param>
    /// <param name="script">Full path of the script.</param>
    /// <param name="trust">The environment variable by which the interpreter trusts a certificate.</param>
    public static async Task RunAsync(RunningEmulator emulator, string program, string script, string trust)
    {
        var run = await ClientRun.TryAsync(program, [script], Path.GetDirectoryName(script), new Dictionary<string, string>
        {
            [trust] = emulator.Connection.CertificatePath,
            ["SLUICE_CONNECTION"] = Path.Combine(emulator.Folder, "connection.json"),
            ["PYTHONDONTWRITEBYTECODE"] = "1",
            ["SLUICE_MODELS"] = Path.Combine(Repository.Root, "models", "heart-classifier"),
        });

        var checks = run!.Checks();
        TestContext.Out.WriteLine($"{Path.GetFileName(script)}: {checks.Count} checks");
        using (Assert.EnterMultipleScope())
        {
            foreach (var check in checks)
            {
                check.Hold();
            }
        }
    }
}
