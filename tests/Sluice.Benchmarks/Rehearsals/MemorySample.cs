using System.Globalization;

namespace Sluice.Benchmarks.Rehearsals;

/// <summary>The memory of a process at one moment, right after all garbage was collected.</summary>
/// <param name="Resident">Bytes that are resident.</param>
/// <param name="Heap">Bytes that are alive on the managed heap.</param>
internal sealed record MemorySample(long Resident, long Heap)
{
    /// <summary>This process's, now.</summary>
    public static MemorySample OfThis()
    {
        // What finalizers let go of is garbage only after them.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return new(Environment.WorkingSet, GC.GetTotalMemory(forceFullCollection: false));
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static MemorySample Parse(string line) => line.Split(' ') is [var resident, var heap]
        ? new(long.Parse(resident, CultureInfo.InvariantCulture), long.Parse(heap, CultureInfo.InvariantCulture))
        : throw new FormatException($"'{line}' is no sample.");

    /// <summary>The sample in words.</summary>
    public string Sentence => FormattableString.Invariant($"{Resident / 1e6:0.0} MB resident, {Heap / 1e6:0.00} MB alive on the heap");

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Resident} {Heap}");
}
