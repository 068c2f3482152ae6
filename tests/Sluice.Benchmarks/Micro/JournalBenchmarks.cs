using BenchmarkDotNet.Attributes;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.State;

namespace Sluice.Benchmarks.Micro;

/// <summary>What a journal of years costs at a run's start: its lines are read, and the present rollout's events are folded.</summary>
[MemoryDiagnoser]
public class JournalBenchmarks
{
    private byte[] _lines = [];
    private IReadOnlyList<JournalEvent> _events = [];

    /// <summary>Events in the journal.</summary>
    [Params(100, 10_000, 1_000_000)]
    public int Events { get; set; }

    [GlobalSetup]
    public void Write()
    {
        _events = JournalMix.Of(Events);
        _lines = JournalFormat.Write(_events);
    }

    /// <summary>Reads the lines.</summary>
    [Benchmark]
    public int Read() => JournalFormat.Read(_lines).Events.Count;

    /// <summary>Folds all events as if they were one rollout's.</summary>
    [Benchmark]
    public Traffic? Fold() => new History(_events).KnownTraffic;
}
