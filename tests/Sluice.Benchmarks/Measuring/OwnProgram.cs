using Sluice.Benchmarks.Figures;

namespace Sluice.Benchmarks.Measuring;

/// <summary>This program, started once more for a part of a measurement that needs a process of its own.</summary>
internal static class OwnProgram
{
    /// <summary>The command.</summary>
    /// <param name="ground">Where it runs.</param>
    /// <param name="arguments">The mode, and what it takes.</param>
    public static Command With(Ground ground, params IEnumerable<string> arguments) =>
        new("dotnet", [typeof(Bench).Assembly.Location, .. arguments], ground.Scratch);
}
