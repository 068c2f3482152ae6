using System.Diagnostics;
using Sluice.AzureML.Connection;
using Sluice.Benchmarks.Figures;
using Sluice.Emulator;
using Sluice.Emulator.Hosting;
using Sluice.Rollouts;

namespace Sluice.Benchmarks.Measuring;

/// <summary>The local Azure ML as people run it, <c>./build.sh --target=Emulator</c>: a process of its own, with a state folder of its own.</summary>
internal sealed class EmulatorProcess : IAsyncDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;

    private EmulatorProcess(Process process, string stateFolder, EmulatorConnection connection)
    {
        _process = process;
        StateFolder = stateFolder;
        Connection = connection;
    }

    /// <summary>Its state folder.</summary>
    public string StateFolder { get; }

    /// <summary>How to reach it.</summary>
    public EmulatorConnection Connection { get; }

    /// <summary>The same, in the client's words.</summary>
    public LocalCloud Cloud => new(Connection.ArmEndpoint, Connection.CertificateSha256, new Secret(Connection.BearerToken));

    /// <summary>Starts it, with operations that take no time.</summary>
    /// <param name="ground">Where.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">It did not come up; what it wrote is in the message.</exception>
    public static async Task<EmulatorProcess> StartAsync(Ground ground, CancellationToken cancellationToken)
    {
        var folder = Sluice.Emulator.Hosting.StateFolder.Open(ground.Folder("emulator"));
        var command = new Command(
            Path.Combine(ground.Checkout, "build.sh"),
            ["--target=Emulator", $"--emulator-folder={folder.Root}", "--latency=instant"],
            ground.Checkout);
        var process = command.Start();
        try
        {
            // Read to the end, so that it never waits for a reader.
            var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
            while (true)
            {
                if (ConnectionFile.TryReadFresh(folder) is { } connection)
                {
                    return new EmulatorProcess(process, folder.Root, connection);
                }

                if (process.HasExited)
                {
                    throw new InvalidOperationException($"{command} ended with {process.ExitCode}:\n{await output}\n{await error}");
                }

                await Task.Delay(LookAgain, cancellationToken);
            }
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
    }

    /// <summary>Ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
