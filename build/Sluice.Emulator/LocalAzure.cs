using Sluice.Emulator.Hosting;
using Sluice.Emulator.Scoring.Scripts;

namespace Sluice.Emulator;

/// <summary>
/// A local Azure ML on loopback: ARM, blobs and scoring. <see cref="OpenAsync"/> starts one in this process or attaches to the
/// one that already serves the same state folder.
/// </summary>
public sealed class LocalAzure : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    // The server's own type is not named here: a process that attaches loads no web server, no database and no inference engine.
    private readonly IAsyncDisposable? _server;
    private readonly Action<string>? _replaceFaults;
    private readonly Guests _guests;
    private readonly IDisposable? _guest;

    private LocalAzure(
        EmulatorConnection connection, IAsyncDisposable? server, Action<string>? replaceFaults, Task completion, Guests guests)
    {
        Connection = connection;
        Completion = completion;
        _server = server;
        _replaceFaults = replaceFaults;
        _guests = guests;
        _guest = server is null ? guests.Enter() : null;
    }

    /// <summary>The Python that scoring scripts run with where this process serves; null when this machine has none on its <c>PATH</c>.</summary>
    public static string? Python => PythonInterpreter.TryFind(Environment.GetEnvironmentVariable("PATH"));

    /// <summary>How to reach it, with the names and latencies that are in force.</summary>
    public EmulatorConnection Connection { get; }

    /// <summary>True when this process serves; false when it is attached to another one that does.</summary>
    public bool IsServing => _server is not null;

    /// <summary>Whether the other process that served it is no more; false while this process serves.</summary>
    public bool HasEnded => !IsServing && !ConnectionFile.IsAlive(Connection.ProcessId);

    /// <summary>Ends when this process stops serving. Already ended when attached.</summary>
    public Task Completion { get; }

    /// <summary>Attaches to the server on the state folder, or starts one in this process when none runs.</summary>
    /// <param name="options">The folder and, for a server that is started, everything else.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">An option is outside its range.</exception>
    /// <exception cref="TimeoutException">Another process holds the folder and does not come up within 20 s.</exception>
    /// <exception cref="IOException">The folder cannot be written, or the wanted port is taken.</exception>
    public static async Task<LocalAzure> OpenAsync(EmulatorOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var folder = StateFolder.Open(options.StateFolder);
        var waitingSince = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (StateLock.TryTake(folder) is { } stateLock)
            {
                return await ServeAsync(options, folder, stateLock, cancellationToken);
            }

            if (ConnectionFile.TryReadFresh(folder) is { } connection)
            {
                return new LocalAzure(connection, server: null, replaceFaults: null, Task.CompletedTask, new Guests(folder.Root));
            }

            if (TimeProvider.System.GetElapsedTime(waitingSince) > StartLimit)
            {
                throw new TimeoutException(
                    $"Another process holds {folder.LockFile} but wrote no {folder.ConnectionFile} within {StartLimit.TotalSeconds:0} s. "
                    + "Stop that process, or wait until its start is complete.");
            }

            await Task.Delay(LookAgain, cancellationToken);
        }
    }

    /// <summary>Clears the state folder: resources, blobs, certificate and secrets. Files that are not the emulator's stay.</summary>
    /// <param name="stateFolder">The folder.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="StateInUseException">A process serves the folder, this one included.</exception>
    public static async Task ResetAsync(string stateFolder, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(stateFolder);
        if (!Directory.Exists(stateFolder))
        {
            return;
        }

        var folder = StateFolder.Open(stateFolder);
        using var stateLock = StateLock.TryTake(folder)
            ?? throw new StateInUseException(folder.Root, ConnectionFile.TryReadFresh(folder)?.ProcessId);
        await Task.Run(() => folder.Clear(cancellationToken), cancellationToken);
    }

    /// <summary>Waits until no other process is attached: a run that ends must not take the server from one that goes on.</summary>
    /// <param name="limit">The longest wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task AwaitGuestsAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var waitingSince = TimeProvider.System.GetTimestamp();
        while (IsServing && _guests.Any && TimeProvider.System.GetElapsedTime(waitingSince) < limit)
        {
            await Task.Delay(LookAgain, cancellationToken);
        }
    }

    /// <summary>Puts other faults in the place of those in force, all at once. Their counts start anew.</summary>
    /// <param name="faults">The faults, as <see cref="EmulatorOptions.Faults"/> has them.</param>
    /// <exception cref="InvalidOperationException">Another process serves, with its own faults.</exception>
    /// <exception cref="ArgumentException">The document is not allowed; nothing has changed.</exception>
    public void ReplaceFaults(string faults) =>
        (_replaceFaults ?? throw new InvalidOperationException($"Process {Connection.ProcessId} serves, with its own faults.")).Invoke(faults);

    /// <summary>Stops serving, if this process does; an attached one just lets go.</summary>
    public ValueTask DisposeAsync()
    {
        _guest?.Dispose();
        return _server?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    private static async Task<LocalAzure> ServeAsync(
        EmulatorOptions options, StateFolder folder, StateLock stateLock, CancellationToken cancellationToken)
    {
        var server = await EmulatorServer.StartAsync(options, folder, stateLock, cancellationToken);
        return new LocalAzure(server.Connection, server, server.ReplaceFaults, server.Completion, new Guests(folder.Root));
    }
}
