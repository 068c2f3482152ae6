using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.Rollouts.Journal;

/// <summary>
/// The journal's lines: one JSON object each, in UTF-8, with the version of the format in <c>v</c> and the kind of event in <c>type</c>.
/// </summary>
/// <remarks>
/// A line that this version can't read (torn, somebody else's, or of a later version) is told and passed over: the rest still counts.
/// </remarks>
public static class JournalFormat
{
    /// <summary>The version of the format that is written, and the latest one that is read.</summary>
    public const int Version = 1;

    /// <summary>Characters of a line that can't be read that are quoted.</summary>
    private const int MostQuoted = 60;

    /// <summary>
    /// The longest line in bytes, and the most that is appended at once: what every version of the blob service takes as one block. More could
    /// not be appended all or none.
    /// </summary>
    public const int MostBytes = 4 * 1024 * 1024;

    private static readonly JournalJson Json = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        AllowOutOfOrderMetadataProperties = true,

        // What an event can't do without must be there: a line that lacks it is no event. What later releases add to one has a default.
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        MaxDepth = 16,
    });

    /// <summary>The lines of events, each with its line feed.</summary>
    public static byte[] Write(IEnumerable<JournalEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var lines = new ArrayBufferWriter<byte>();
        foreach (var happened in events)
        {
            lines.Write(LineOf(happened));
        }

        return lines.WrittenSpan.ToArray();
    }

    /// <summary>The lines of as many events as can be appended at once, in their order, and how many those are; at least one.</summary>
    /// <param name="events">The events; at least one.</param>
    public static (byte[] Lines, int Count) WriteFitting(IReadOnlyList<JournalEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        var lines = new ArrayBufferWriter<byte>();
        var count = 0;
        while (count < events.Count && LineOf(events[count]) is var line && (count == 0 || lines.WrittenCount + line.Length <= MostBytes))
        {
            lines.Write(line);
            count++;
        }

        return (lines.WrittenSpan.ToArray(), count);
    }

    /// <summary>Reads lines. Never throws on what they hold.</summary>
    /// <param name="lines">Whole lines, or a last one that is torn.</param>
    public static JournalReading Read(ReadOnlySpan<byte> lines)
    {
        var events = new List<JournalEvent>();
        var unreadable = ImmutableArray.CreateBuilder<UnreadableLine>();
        var mayLackRun = false;
        for (var number = 1; !lines.IsEmpty; number++)
        {
            var end = lines.IndexOf((byte)'\n');
            var line = (end < 0 ? lines : lines[..end]).TrimEnd((byte)'\r');
            lines = end < 0 ? [] : lines[(end + 1)..];
            if (line.IsEmpty)
            {
                continue;
            }

            var (happened, why) = ReadLine(line);
            if (happened is null)
            {
                unreadable.Add(new(number, $"{why} ({Quote(line)})"));
                mayLackRun = true;
            }
            else
            {
                events.Add(happened);
                mayLackRun &= happened is not RunStarted;
            }
        }

        return new(events, unreadable.ToImmutable()) { MayLackRun = mayLackRun };
    }

    private static byte[] LineOf(JournalEvent happened) => [.. JsonSerializer.SerializeToUtf8Bytes(happened, Json.JournalEvent), (byte)'\n'];

    private static (JournalEvent? Event, string Why) ReadLine(ReadOnlySpan<byte> line)
    {
        if (line.Length > MostBytes)
        {
            return (null, $"it has {line.Length} bytes, which no event has");
        }

        try
        {
            return VersionOf(line) switch
            {
                null => (null, "it is no event of a journal"),
                > Version and var later => (null, $"a later release wrote it, in version {later} of the format"),
                _ => (EventCheck.Passed(JsonSerializer.Deserialize(line, Json.JournalEvent)), "it is no event of a journal"),
            };
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or InvalidOperationException or ArgumentException)
        {
            return (null, "it is torn, or no event of a journal");
        }
    }

    private static int? VersionOf(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 16 });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isVersion = reader.ValueTextEquals("v"u8);
            reader.Read();
            if (isVersion)
            {
                return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var version) && version > 0 ? version : null;
            }

            reader.Skip();
        }

        return null;
    }

    private static string Quote(ReadOnlySpan<byte> line)
    {
        var text = Encoding.UTF8.GetString(line[..Math.Min(line.Length, MostQuoted)]);
        return string.Concat(text.Select(character => char.IsControl(character) ? '·' : character)) + (line.Length > MostQuoted ? "…" : "");
    }
}
