namespace Sluice.AzureML.Journal;

/// <summary>Where a journal ends, which is where the next append goes.</summary>
/// <param name="Segment">The segment, counted from 0.</param>
/// <param name="Position">The segment's length in bytes.</param>
internal readonly record struct JournalEnd(int Segment, long Position)
{
    /// <summary>The end after an append.</summary>
    /// <param name="bytes">How much was appended.</param>
    public JournalEnd After(int bytes) => this with { Position = Position + bytes };

    /// <summary>The beginning of the next segment.</summary>
    public JournalEnd NextSegment() => new(Segment + 1, Position: 0);
}
