using BenchmarkDotNet.Attributes;
using Sluice.Rollouts.Analysis.Sequential;

namespace Sluice.Benchmarks.Micro;

/// <summary>One look at both e-processes: 60 points of the grids.</summary>
[MemoryDiagnoser]
public class CountEProcessBenchmarks
{
    private readonly CountEProcess _fail = CountEProcess.ForFail();
    private readonly CountEProcess _pass = CountEProcess.ForPass();

    /// <summary>Adds a look and reads the evidence.</summary>
    [Benchmark]
    public double Look()
    {
        _fail.Add(9, 1, 0.1);
        _pass.Add(9, 1, 0.1);
        return _fail.LogE + _pass.LogE;
    }
}
