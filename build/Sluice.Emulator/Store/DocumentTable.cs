using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Data.Sqlite;

namespace Sluice.Emulator.Store;

/// <summary>The records of one kind in the table <c>document</c>.</summary>
/// <param name="kind">The kind, a constant for all time: it is in people's files.</param>
/// <param name="type">How a record is written.</param>
internal sealed class DocumentTable<T>(string kind, JsonTypeInfo<T> type)
    where T : class
{
    /// <summary>Reads all records by key.</summary>
    public ImmutableDictionary<string, T> Load(SqliteConnection connection) => connection
        .Query(
            "SELECT key, json FROM document WHERE kind = $kind",
            row => KeyValuePair.Create(row.GetString(0), Read(row.GetString(0), row.GetString(1))),
            ("$kind", kind))
        .ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Writes the records that differ between two moments.</summary>
    public void Save(SqliteConnection connection, ImmutableDictionary<string, T> before, ImmutableDictionary<string, T> after)
    {
        if (ReferenceEquals(before, after))
        {
            return;
        }

        foreach (var (key, record) in after)
        {
            if (!ReferenceEquals(before.GetValueOrDefault(key), record))
            {
                connection.Execute(
                    "INSERT INTO document (kind, key, json) VALUES ($kind, $key, $json) ON CONFLICT DO UPDATE SET json = excluded.json",
                    ("$kind", kind),
                    ("$key", StoredKey(key)),
                    ("$json", JsonSerializer.Serialize(record, type)));
            }
        }

        foreach (var key in before.Keys.Where(key => !after.ContainsKey(key)))
        {
            connection.Execute("DELETE FROM document WHERE kind = $kind AND key = $key", ("$kind", kind), ("$key", StoredKey(key)));
        }
    }

    // Names that differ in case only are the same resource.
    private static string StoredKey(string key) => key.ToLowerInvariant();

    private T Read(string key, string json) =>
        JsonSerializer.Deserialize(json, type) ?? throw new InvalidDataException($"The stored {kind} '{key}' is null.");
}
