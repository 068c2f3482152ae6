using Azure;
using Sluice.IntegrationTests.Emulator;
using Sluice.IntegrationTests.Faults;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;

namespace Sluice.IntegrationTests.Crashes;

/// <summary>The journal as it stands in its blob at some time.</summary>
internal sealed class WrittenJournal
{
    private readonly JournalReading _reading;

    private WrittenJournal(JournalReading reading) => _reading = reading;

    /// <summary>Whether it tells of a run that has not ended.</summary>
    public bool IsCutOff => _reading.OpenRun is not null;

    /// <summary>Reads it; one that is not there yet is empty.</summary>
    public static async Task<WrittenJournal> ReadAsync(RunningEmulator emulator)
    {
        var blob = (await BlobClients.ModelsAsync(emulator)).GetBlobClient($"sluice/{Leftovers.Endpoint}/journal.jsonl");
        ReadOnlyMemory<byte> content;
        try
        {
            content = (await blob.DownloadContentAsync()).Value.Content.ToMemory();
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            content = default;
        }

        return new WrittenJournal(JournalFormat.Read(content.Span));
    }

    /// <summary>What is wrong with what the run that followed has written; null when nothing is.</summary>
    public async Task<string?> FaultOfNextRunAsync(RunningEmulator emulator)
    {
        var now = (await ReadAsync(emulator))._reading;
        var next = now.Events.OfType<RunStarted>().LastOrDefault();
        return now.Unreadable.Length > 0 ? $"line {now.Unreadable[0].Number} of the journal is no event: {now.Unreadable[0].Why}"
            : next is null || next.Unfinished is null == IsCutOff ? $"the journal says of the run before: {next?.Unfinished ?? "nothing"}"
            : now.Events[^1] is not RunEnded { Outcome: Outcome.Done } ? $"the journal ends with {now.Events[^1]}"
            : null;
    }
}
