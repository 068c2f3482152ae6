using Microsoft.Data.Sqlite;
using Sluice.Emulator.Faults;

namespace Sluice.Emulator.Store;

/// <summary>
/// The SQLite file under the state folder. Every unit of work opens its own connection, which the pool keeps warm. SQLite takes one writer
/// at a time and lets the others try again, each as it is lucky; so whoever writes takes its turn first.
/// </summary>
internal sealed class Database : IDisposable
{
    private const int SchemaVersion = 1;

    // SQLite's own codes: SQLITE_CORRUPT and SQLITE_NOTADB.
    private const int Damaged = 11;
    private const int NoDatabase = 26;

    private const string WayOut = "Clear the local Azure ML's state with the target Reset.";

    private const string Schema =
        """
        CREATE TABLE document (
            kind TEXT NOT NULL,
            key  TEXT NOT NULL,
            json TEXT NOT NULL,
            PRIMARY KEY (kind, key)
        ) WITHOUT ROWID;
        CREATE TABLE container (
            name TEXT NOT NULL PRIMARY KEY,
            json TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE blob (
            container TEXT NOT NULL,
            name      TEXT NOT NULL,
            json      TEXT NOT NULL,
            PRIMARY KEY (container, name)
        ) WITHOUT ROWID;
        CREATE TABLE block (
            container TEXT NOT NULL,
            blob      TEXT NOT NULL,
            id        TEXT NOT NULL,
            json      TEXT NOT NULL,
            PRIMARY KEY (container, blob, id)
        ) WITHOUT ROWID;
        """;

    private readonly string _connectionString;
    private readonly Disk _disk;

    // Whoever is running may go before one that has to be woken, or else each write would wait for the scheduler; but only until one has
    // waited for a tenth of a second.
    private readonly Lock _writing = new();

    private Database(string connectionString, Disk disk) => (_connectionString, _disk) = (connectionString, disk);

    /// <summary>Opens the file, making it and its tables when missing.</summary>
    /// <exception cref="InvalidDataException">A newer version of the program made the file, or it is damaged.</exception>
    public static Database Open(string path, Disk disk)
    {
        var database = new Database(new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 30 }.ToString(), disk);
        try
        {
            database.Prepare(path);
            return database;
        }
        catch (SqliteException error) when (error.SqliteErrorCode is NoDatabase or Damaged)
        {
            database.Dispose();
            throw new InvalidDataException($"{path} is damaged ({error.Message}). {WayOut}", error);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Opens a connection.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        return connection;
    }

    /// <summary>Waits until nobody else changes anything, and keeps all others from it until it is disposed of.</summary>
    public Lock.Scope TakeTurn() => _writing.EnterScope();

    /// <summary>Commits a change of the state. What throws here leaves the state as it was.</summary>
    public void Commit(SqliteTransaction transaction)
    {
        _disk.BeforeWrite(DiskArea.State);
        transaction.Commit();
    }

    /// <summary>Whether a fault is one of the disk, which may be gone later, and not one of the program.</summary>
    public static bool IsDiskFault(Exception fault) => fault is IOException or SqliteException;

    /// <summary>Closes the pooled connections, which also folds the write-ahead log into the file.</summary>
    public void Dispose()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    private void Prepare(string path)
    {
        using var connection = Connect();

        // The log is flushed when a checkpoint is made: a killed process loses nothing, a power cut the last moments at most.
        connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
        using var transaction = connection.BeginTransaction();
        var found = connection.Query("PRAGMA user_version", row => row.GetInt32(0)).Single();
        switch (found)
        {
            case 0:
                connection.Execute(Schema);
                connection.Execute($"PRAGMA user_version = {SchemaVersion}");
                break;
            case SchemaVersion:
                break;
            default:
                throw new InvalidDataException($"{path} has schema version {found}, this program knows {SchemaVersion}. {WayOut}");
        }

        transaction.Commit();
        var harm = connection.Query("PRAGMA quick_check(1)", row => row.GetString(0)).Single();
        if (harm != "ok")
        {
            throw new InvalidDataException($"{path} is damaged ({harm}). {WayOut}");
        }
    }
}
