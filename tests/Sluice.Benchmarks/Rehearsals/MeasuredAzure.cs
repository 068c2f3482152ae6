using Sluice.Emulator;
using Sluice.Emulator.Faults;
using Sluice.Emulator.Hosting;
using Sluice.Emulator.Operations;
using Sluice.Emulator.Store;
using Sluice.Sessions;

namespace Sluice.Benchmarks.Rehearsals;

/// <summary>A fresh local Azure ML in this process whose clock runs faster than the machine's, and whose requests are written down.</summary>
internal sealed class MeasuredAzure : IAsyncDisposable
{
    /// <summary>More than any number of deployments needs that is measured.</summary>
    private const int MostCores = 1000;

    private MeasuredAzure(LocalAzure azure, CountedRequests requests, TimeProvider time, string folder) =>
        (Azure, Requests, Time, Folder) = (azure, requests, time, folder);

    /// <summary>The local Azure ML.</summary>
    public LocalAzure Azure { get; }

    /// <summary>What it is asked.</summary>
    public CountedRequests Requests { get; }

    /// <summary>The clock that its operations go by.</summary>
    public TimeProvider Time { get; }

    /// <summary>The folder of its state.</summary>
    public string Folder { get; }

    /// <summary>Starts one.</summary>
    /// <param name="folder">An empty folder for its state.</param>
    /// <param name="latency">How long its operations take.</param>
    /// <param name="speed">How many times as fast as the machine's its clock runs; a request still takes what it takes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<MeasuredAzure> StartAsync(string folder, LatencyProfile latency, int speed, CancellationToken cancellationToken)
    {
        var time = new ScaledTime(TimeProvider.System, speed);
        var requests = new CountedRequests(time);
        var options = new EmulatorOptions
        {
            StateFolder = folder,
            Latency = latency,
            Seed = 1,
            CoreLimit = MostCores,
            Time = time,
            RequestTime = TimeProvider.System,
            Watch = requests,
        };
        return new(await LocalAzure.OpenAsync(options, cancellationToken), requests, time, folder);
    }

    /// <summary>Attaches to one that another process serves; its requests are not written down.</summary>
    /// <param name="folder">The folder of its state.</param>
    /// <param name="speed">How many times as fast as the machine's its clock runs.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<MeasuredAzure> AttachAsync(string folder, int speed, CancellationToken cancellationToken)
    {
        var time = new ScaledTime(TimeProvider.System, speed);
        return new(await LocalAzure.OpenAsync(new() { StateFolder = folder }, cancellationToken), new(time), time, folder);
    }

    /// <summary>The operations by the local Azure ML's own record, in the order of their starts; it has to be stopped.</summary>
    public IReadOnlyList<Operation> Operations()
    {
        using var database = Database.Open(StateFolder.Open(Folder).DatabaseFile, new Disk(new LiveFaults(seed: null, Time)));
        return [.. new WorkspaceStore(database).Current.Operations.Values.OrderBy(operation => operation.StartedAt)];
    }

    /// <summary>Stops it; its state stays.</summary>
    public ValueTask DisposeAsync() => Azure.DisposeAsync();
}
