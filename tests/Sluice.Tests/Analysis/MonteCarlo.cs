namespace Sluice.Tests.Analysis;

/// <summary>Runs of a simulation, each with its own random numbers, so that neither order nor number of processors matters.</summary>
internal static class MonteCarlo
{
    /// <summary>The seed of this run of the tests: SLUICE_SEED, or a fixed one, as a simulation in CI must not fail by chance.</summary>
    public static int Seed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("SLUICE_SEED"), out var given) ? given : 20261127;

    /// <summary>The outcomes of runs, in the order of the runs.</summary>
    public static T[] Run<T>(int runs, Func<Random, T> run)
    {
        TestContext.Out.WriteLine($"SLUICE_SEED={Seed}");
        var outcomes = new T[runs];
        Parallel.For(0, runs, index => outcomes[index] = run(new Random(SeedOf(index))));
        return outcomes;
    }

    /// <summary>How many runs have an outcome.</summary>
    public static int Count(int runs, Func<Random, bool> run) => Run(runs, run).Count(outcome => outcome);

    // Neighbouring seeds of Random are related, hence mixed ones.
    private static int SeedOf(int index)
    {
        var mixed = ((ulong)(uint)Seed << 32) | (uint)index;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)(mixed ^ (mixed >> 31));
    }
}
