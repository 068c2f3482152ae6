using System.Text.Json;
using Microsoft.Data.Sqlite;
using Sluice.Emulator.Faults;
using Sluice.Emulator.Store;

namespace Sluice.Emulator.Blobs;

/// <summary>
/// Containers and blobs: a catalogue in the database, contents in files. Changes come one after the other; a change that throws
/// leaves everything as it was. A content file belongs to its entry and goes with it. All writers of the database wait for a change, so
/// contents are written and copied before it.
/// </summary>
internal sealed class BlobStore
{
    private readonly Database _database;

    /// <summary>Opens the store and clears what a killed process left half done.</summary>
    public BlobStore(Database database, string folder, Disk disk)
    {
        _database = database;
        Files = new ContentFiles(folder, disk);
        using var connection = database.Connect();
        var known = connection.Query("SELECT json FROM blob", row => Blob(row, 0).Content)
            .Concat(connection.Query("SELECT json FROM block", row => Block(row, 0).Content))
            .ToHashSet();
        Files.DeleteExcept(known);
    }

    /// <summary>The contents.</summary>
    public ContentFiles Files { get; }

    /// <summary>A new entity tag.</summary>
    public static string NewETag() => $"\"0x8D{Random.Shared.NextInt64(0x1000000000000):X13}\"";

    /// <summary>The container, or null.</summary>
    public ContainerEntry? FindContainer(string name)
    {
        using var connection = _database.Connect();
        return FindContainer(connection, name);
    }

    /// <summary>The containers whose names come after a marker and begin with a prefix, in order.</summary>
    public IReadOnlyList<(string Name, ContainerEntry Entry)> ListContainers(string prefix, string after, int count)
    {
        using var connection = _database.Connect();
        return connection.Query(
            "SELECT name, json FROM container WHERE name > $after AND substr(name, 1, length($prefix)) = $prefix ORDER BY name LIMIT $count",
            row => (row.GetString(0), Container(row, 1)),
            ("$after", after),
            ("$prefix", prefix),
            ("$count", count));
    }

    /// <summary>Creates a container unless it is there.</summary>
    public void EnsureContainer(string name, DateTimeOffset now) => ChangeContainer(
        name, existing => existing ?? new ContainerEntry(NewETag(), now, new Dictionary<string, string>(), Lease: null));

    /// <summary>Changes a container; the change answers null to delete it with all that is in it.</summary>
    public ContainerEntry? ChangeContainer(string name, Func<ContainerEntry?, ContainerEntry?> change)
    {
        List<Guid> released = [];
        ContainerEntry? after;
        using (_database.TakeTurn())
        {
            using var connection = _database.Connect();
            using var transaction = connection.BeginTransaction();
            var before = FindContainer(connection, name);
            after = change(before);
            if (after is not null)
            {
                connection.Execute(
                    "INSERT INTO container (name, json) VALUES ($name, $json) ON CONFLICT DO UPDATE SET json = excluded.json",
                    ("$name", name),
                    ("$json", JsonSerializer.Serialize(after, BlobJson.Default.ContainerEntry)));
            }
            else if (before is not null)
            {
                released.AddRange(connection.Query("SELECT json FROM blob WHERE container = $name", row => Blob(row, 0).Content, ("$name", name)));
                released.AddRange(connection.Query("SELECT json FROM block WHERE container = $name", row => Block(row, 0).Content, ("$name", name)));
                connection.Execute("DELETE FROM block WHERE container = $name", ("$name", name));
                connection.Execute("DELETE FROM blob WHERE container = $name", ("$name", name));
                connection.Execute("DELETE FROM container WHERE name = $name", ("$name", name));
            }

            _database.Commit(transaction);
        }

        released.ForEach(Files.Delete);
        return after;
    }

    /// <summary>The blob, or null.</summary>
    /// <exception cref="BlobRefusedException">There is no such container.</exception>
    public BlobEntry? FindBlob(string container, string name)
    {
        using var connection = _database.Connect();
        return FindBlob(connection, container, name);
    }

    /// <summary>The blob with its content opened, or null. The two belong together, whatever is written meanwhile.</summary>
    /// <exception cref="BlobRefusedException">There is no such container.</exception>
    public (BlobEntry Entry, FileStream Content)? OpenBlob(string container, string name)
    {
        using var turn = _database.TakeTurn();
        return FindBlob(container, name) is { } blob ? (blob, Files.OpenRead(blob.Content)) : null;
    }

    /// <summary>The blobs of a container whose names come after one and begin with a prefix, in order of their UTF-8 bytes.</summary>
    public IReadOnlyList<(string Name, BlobEntry Entry)> ListBlobs(string container, string prefix, string after, int count)
    {
        using var connection = _database.Connect();
        RequireContainer(connection, container);
        return connection.Query(
            """
            SELECT name, json FROM blob
            WHERE container = $container AND name > $after AND name >= $prefix AND substr(name, 1, length($prefix)) = $prefix
            ORDER BY name LIMIT $count
            """,
            row => (row.GetString(0), Blob(row, 1)),
            ("$container", container),
            ("$after", after),
            ("$prefix", prefix),
            ("$count", count));
    }

    /// <summary>The blob, or null, and with it the blocks that were uploaded for it and are in no list yet, in the order of their upload.</summary>
    /// <exception cref="BlobRefusedException">There is no such container.</exception>
    public (BlobEntry? Entry, IReadOnlyList<StagedBlock> Staged) FindBlocks(string container, string name)
    {
        using var connection = _database.Connect();
        using var moment = connection.BeginTransaction(deferred: true);
        return (FindBlob(connection, container, name), StagedBlocks(connection, container, name));
    }

    /// <summary>Changes a blob; the change answers null to delete it. A content that is replaced is deleted.</summary>
    /// <exception cref="BlobRefusedException">There is no such container.</exception>
    public BlobEntry? ChangeBlob(string container, string name, Func<BlobEntry?, BlobEntry?> change) =>
        ChangeBlob(container, name, dropStaged: false, (before, _) => change(before));

    /// <summary>Changes a blob that its uploaded blocks may become part of; they are gone afterwards.</summary>
    /// <exception cref="BlobRefusedException">There is no such container.</exception>
    public BlobEntry? CommitBlob(string container, string name, Func<BlobEntry?, IReadOnlyList<StagedBlock>, BlobEntry> change) =>
        ChangeBlob(container, name, dropStaged: true, change);

    /// <summary>Keeps an uploaded block for a later list. The check sees the blob and its other blocks.</summary>
    /// <exception cref="BlobRefusedException">There is no such container, or the check refuses.</exception>
    public void StageBlock(string container, string name, StagedBlock block, Action<BlobEntry?, IReadOnlyList<StagedBlock>> check)
    {
        IReadOnlyList<StagedBlock> staged;
        using (_database.TakeTurn())
        {
            using var connection = _database.Connect();
            using var transaction = connection.BeginTransaction();
            staged = StagedBlocks(connection, container, name);
            check(FindBlob(connection, container, name), staged);
            connection.Execute(
                """
                INSERT INTO block (container, blob, id, json) VALUES ($container, $blob, $id, $json)
                ON CONFLICT DO UPDATE SET json = excluded.json
                """,
                ("$container", container),
                ("$blob", name),
                ("$id", block.Id),
                ("$json", JsonSerializer.Serialize(block, BlobJson.Default.StagedBlock)));
            _database.Commit(transaction);
        }

        if (staged.FirstOrDefault(other => other.Id == block.Id) is { } replaced)
        {
            Files.Delete(replaced.Content);
        }
    }

    private BlobEntry? ChangeBlob(
        string container, string name, bool dropStaged, Func<BlobEntry?, IReadOnlyList<StagedBlock>, BlobEntry?> change)
    {
        BlobEntry? before;
        BlobEntry? after;
        IReadOnlyList<StagedBlock> staged;
        using (_database.TakeTurn())
        {
            using var connection = _database.Connect();
            using var transaction = connection.BeginTransaction();
            before = FindBlob(connection, container, name);
            staged = dropStaged ? StagedBlocks(connection, container, name) : [];
            after = change(before, staged);
            if (after is null)
            {
                connection.Execute(
                    "DELETE FROM blob WHERE container = $container AND name = $name", ("$container", container), ("$name", name));
            }
            else
            {
                connection.Execute(
                    """
                    INSERT INTO blob (container, name, json) VALUES ($container, $name, $json)
                    ON CONFLICT DO UPDATE SET json = excluded.json
                    """,
                    ("$container", container),
                    ("$name", name),
                    ("$json", JsonSerializer.Serialize(after, BlobJson.Default.BlobEntry)));
            }

            if (dropStaged)
            {
                connection.Execute(
                    "DELETE FROM block WHERE container = $container AND blob = $name", ("$container", container), ("$name", name));
            }

            _database.Commit(transaction);
        }

        if (before is not null && before.Content != after?.Content)
        {
            Files.Delete(before.Content);
        }

        foreach (var block in staged)
        {
            Files.Delete(block.Content);
        }

        return after;
    }

    private static ContainerEntry? FindContainer(SqliteConnection connection, string name) =>
        connection.Query("SELECT json FROM container WHERE name = $name", row => Container(row, 0), ("$name", name)).SingleOrDefault();

    private static void RequireContainer(SqliteConnection connection, string name)
    {
        if (FindContainer(connection, name) is null)
        {
            throw BlobRefuse.ContainerNotFound();
        }
    }

    private static BlobEntry? FindBlob(SqliteConnection connection, string container, string name)
    {
        RequireContainer(connection, container);
        return connection
            .Query(
                "SELECT json FROM blob WHERE container = $container AND name = $name",
                row => Blob(row, 0),
                ("$container", container),
                ("$name", name))
            .SingleOrDefault();
    }

    private static IReadOnlyList<StagedBlock> StagedBlocks(SqliteConnection connection, string container, string blob) =>
    [
        .. connection
            .Query(
                "SELECT json FROM block WHERE container = $container AND blob = $blob",
                row => Block(row, 0),
                ("$container", container),
                ("$blob", blob))
            .OrderBy(block => block.StagedAt),
    ];

    private static ContainerEntry Container(SqliteDataReader row, int column) =>
        JsonSerializer.Deserialize(row.GetString(column), BlobJson.Default.ContainerEntry)!;

    private static BlobEntry Blob(SqliteDataReader row, int column) =>
        JsonSerializer.Deserialize(row.GetString(column), BlobJson.Default.BlobEntry)!;

    private static StagedBlock Block(SqliteDataReader row, int column) =>
        JsonSerializer.Deserialize(row.GetString(column), BlobJson.Default.StagedBlock)!;
}
