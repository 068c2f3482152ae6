using Azure;
using Sluice.IntegrationTests.Emulator;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;

namespace Sluice.IntegrationTests.Crashes;

/// <summary>The journal of an endpoint as it stands in its blob at some time.</summary>
internal sealed class WrittenJournal
{
    private readonly string _endpoint;
    private readonly JournalReading _reading;

    private WrittenJournal(string endpoint, JournalReading reading)
    {
        _endpoint = endpoint;
        _reading = reading;
    }

    /// <summary>Whether it tells of a run that has not ended.</summary>
    public bool IsCutOff => _reading.OpenRun is not null;

    /// <summary>Reads it; one that is not there yet is empty.</summary>
    public static async Task<WrittenJournal> ReadAsync(RunningEmulator emulator, string endpoint)
    {
        var blob = (await BlobClients.ModelsAsync(emulator)).GetBlobClient($"sluice/{endpoint}/journal.jsonl");
        ReadOnlyMemory<byte> content;
        try
        {
            content = (await blob.DownloadContentAsync()).Value.Content.ToMemory();
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            content = default;
        }

        return new WrittenJournal(endpoint, JournalFormat.Read(content.Span));
    }

    /// <summary>What is wrong with what the run that followed has written; null when nothing is.</summary>
    public async Task<string?> FaultOfNextRunAsync(RunningEmulator emulator)
    {
        var now = (await ReadAsync(emulator, _endpoint))._reading;
        var next = now.Events.OfType<RunStarted>().LastOrDefault();
        return now.Unreadable.Length > 0 ? $"line {now.Unreadable[0].Number} of the journal is no event: {now.Unreadable[0].Why}"
            : next is null || next.Unfinished is null == IsCutOff ? $"the journal says of the run before: {next?.Unfinished ?? "nothing"}"
            : now.Events[^1] is not RunEnded { Outcome: Outcome.Done } ? $"the journal ends with {now.Events[^1]}"
            : null;
    }
}
