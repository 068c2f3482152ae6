using System.Text.Json.Serialization;

namespace Sluice.Rollouts.Journal;

/// <summary>Reads and writes events without reflection: a journal of years is read at each start.</summary>
[JsonSerializable(typeof(JournalEvent))]
internal sealed partial class JournalJson : JsonSerializerContext;
