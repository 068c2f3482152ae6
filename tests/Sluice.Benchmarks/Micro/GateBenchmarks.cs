using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Analysis.Gates;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Benchmarks.Micro;

/// <summary>One judgement of several gates on the evidence of some hundred looks.</summary>
[MemoryDiagnoser]
public class GateBenchmarks
{
    private const int Events = 1_000;

    private readonly StrategySpec _strategy = new()
    {
        Steps = [],
        FinalBake = TimeSpan.FromHours(1),
        Gate = new(ProbesPerLook: 20, LookInterval: TimeSpan.FromMinutes(1), MinimumProbes: 20, MaximumErrorRate: 0.1),
        OperationTimeout = TimeSpan.FromMinutes(30),
    };

    private CandidateEvidence _evidence = null!;
    private ImmutableArray<GateRule> _gates;

    /// <summary>How many gates.</summary>
    [Params(1, 10, 50)]
    public int Gates { get; set; }

    /// <summary>What is there before a judgement.</summary>
    [GlobalSetup]
    public void Gather()
    {
        _evidence = new CandidateEvidence(new History(JournalMix.Of(Events)), "default", "green-2");
        _gates = [.. Enumerable.Range(0, Gates).Select(Gate)];
    }

    /// <summary>Asks all of them.</summary>
    [Benchmark]
    public int Judge() => GateJudge.Judge(_gates, _evidence, _strategy).Length;

    private static GateRule Gate(int index) => (index % 2) switch
    {
        0 => new ErrorsRule($"errors {index}") { Source = EvidenceSource.Replay },
        _ => new AgreementRule($"agreement {index}") { AtLeast = 0.8 },
    };
}
