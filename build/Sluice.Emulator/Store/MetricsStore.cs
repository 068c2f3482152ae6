using System.Collections.Immutable;
using System.Globalization;
using Sluice.Emulator.Scoring;

namespace Sluice.Emulator.Store;

/// <summary>
/// Keeps the front door's metrics for the next process, as many minutes as the front door itself keeps. What has been counted is written
/// once a minute, beside the requests, and at the end; a killed process loses a minute at most.
/// </summary>
internal sealed class MetricsStore : IAsyncDisposable
{
    private readonly DocumentTable<KeptMinute> _table = new("metricsMinute", StateJson.Default.KeptMinute);
    private readonly Database _database;
    private readonly FrontDoor _frontDoor;
    private readonly PeriodicTimer _timer;
    private readonly Task _writing;
    private ImmutableDictionary<string, KeptMinute> _kept;

    /// <summary>Gives the front door what the last process has kept, and begins to write what it counts.</summary>
    /// <param name="database">Where the metrics are.</param>
    /// <param name="frontDoor">What counts; no request has reached it yet.</param>
    /// <param name="time">The clock that says when to write.</param>
    public MetricsStore(Database database, FrontDoor frontDoor, TimeProvider time)
    {
        (_database, _frontDoor) = (database, frontDoor);
        using (var connection = database.Connect())
        {
            _kept = _table.Load(connection);
        }

        foreach (var minute in _kept.Values)
        {
            frontDoor.Restore(minute.Endpoint, minute.Deployment, minute.Open());
        }

        _timer = new PeriodicTimer(TimeSpan.FromMinutes(1), time);
        _writing = WriteAsync();
    }

    /// <summary>Writes what has been counted by now, and no more.</summary>
    public async ValueTask DisposeAsync()
    {
        _timer.Dispose();
        try
        {
            await _writing;
        }
        finally
        {
            Write();
        }
    }

    private async Task WriteAsync()
    {
        while (await _timer.WaitForNextTickAsync())
        {
            Write();
        }
    }

    private void Write()
    {
        var minutes = _frontDoor.Endpoints
            .SelectMany(endpoint => _frontDoor.MetricsOf(endpoint).Select(found => (Endpoint: endpoint, found.Deployment, found.Metrics)))
            .SelectMany(found => found.Metrics.All.Select(minute => (found.Endpoint, found.Deployment, Minute: minute)))
            .ToDictionary(found => KeyOf(found.Endpoint, found.Deployment, found.Minute), StringComparer.OrdinalIgnoreCase);
        var kept = _kept.ToBuilder();
        kept.RemoveRange(_kept.Keys.Where(key => !minutes.ContainsKey(key)));
        foreach (var (key, found) in minutes)
        {
            if (!_kept.TryGetValue(key, out var before) || !before.IsStill(found.Minute))
            {
                kept[key] = KeptMinute.Of(found.Endpoint, found.Deployment, found.Minute);
            }
        }

        Save(kept.ToImmutable());
    }

    private void Save(ImmutableDictionary<string, KeptMinute> kept)
    {
        if (ReferenceEquals(kept, _kept))
        {
            return;
        }

        try
        {
            using var turn = _database.TakeTurn();
            using var connection = _database.Connect();
            using var transaction = connection.BeginTransaction();
            _table.Save(connection, _kept, kept);

            // Past the faults of the disk: they come with the requests that they are for, and this comes with none.
            transaction.Commit();
            _kept = kept;
        }
        catch (Exception fault) when (Database.IsDiskFault(fault))
        {
            // The front door still has it, so the next time may do.
        }
    }

    private static string KeyOf(string endpoint, string deployment, MetricsMinute minute) =>
        string.Create(CultureInfo.InvariantCulture, $"{endpoint}/{deployment}/{minute.Start:yyyy-MM-ddTHH:mm}");
}
