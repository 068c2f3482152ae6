using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Azure.Storage;
using Azure.Storage.Blobs;

namespace Sluice.IntegrationTests.Conformance;

/// <summary>Azurite, in memory, on a free port of loopback, with an account of its own.</summary>
internal sealed class RunningAzurite : IAsyncDisposable
{
    private const int OldestNode = 20;
    private const string Account = "sluicetest";
    private const string Listening = "successfully listens on ";
    private readonly Process _process;
    private readonly Task<string> _rest;

    private RunningAzurite(Process process, Uri address, string key)
    {
        _process = process;

        // What it says from now on has to be read, or its pipe fills up.
        _rest = process.StandardOutput.ReadToEndAsync();
        Key = key;
        Service = new BlobServiceClient(new Uri(address, Account), new StorageSharedKeyCredential(Account, key), NewOptions());
    }

    /// <summary>The service, opened with the account's key.</summary>
    public BlobServiceClient Service { get; }

    /// <summary>The account's key.</summary>
    public string Key { get; }

    /// <summary>Options that do not repeat what is refused.</summary>
    public static BlobClientOptions NewOptions()
    {
        var options = new BlobClientOptions();
        options.Retry.MaxRetries = 0;
        return options;
    }

    /// <summary>Starts it; ignores the test where Node or the package cannot be had.</summary>
    public static async Task<RunningAzurite> StartAsync()
    {
        var folder = await NodePackages.InstallAsync("azurite", OldestNode);
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
        var main = Path.Combine(folder, "node_modules", "azurite", "dist", "src", "blob", "main.js");

        // The client is newer than azurite, which refuses protocol versions that it does not know unless it is told not to look.
        var start = new ProcessStartInfo(
            "node", [main, "--blobPort", "0", "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry", "--silent"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["AZURITE_ACCOUNTS"] = $"{Account}:{key}" },
        };
        var process = new Process { StartInfo = start };
        process.Start();
        var error = process.StandardError.ReadToEndAsync();
        var said = new StringBuilder();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            said.AppendLine(line);
            if (line.IndexOf(Listening, StringComparison.Ordinal) is var at and >= 0)
            {
                return new RunningAzurite(process, new Uri($"{line[(at + Listening.Length)..].Trim()}/"), key);
            }
        }

        process.Dispose();
        throw new InvalidOperationException($"Azurite did not start. {said}{await error}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _rest;
        _process.Dispose();
    }
}
