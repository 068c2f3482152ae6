using System.Runtime.InteropServices;

namespace Sluice.Benchmarks;

/// <summary>The machine that the figures were taken on.</summary>
/// <param name="System">The operating system.</param>
/// <param name="Processor">The processor's name.</param>
/// <param name="Cores">The processors that this process may use.</param>
/// <param name="MemoryGiB">The memory it may use, in GiB.</param>
/// <param name="Runtime">The .NET runtime.</param>
internal sealed record Machine(string System, string Processor, int Cores, double MemoryGiB, string Runtime)
{
    /// <summary>This machine.</summary>
    public static Machine OfThis() => new(
        RuntimeInformation.OSDescription,
        ProcessorName() ?? $"{RuntimeInformation.ProcessArchitecture}",
        Environment.ProcessorCount,
        Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024), 1),
        RuntimeInformation.FrameworkDescription);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Cores} cores of {Processor}, {MemoryGiB} GiB, {System}, {Runtime}");

    private static string? ProcessorName()
    {
        const string Linux = "/proc/cpuinfo";
        return File.Exists(Linux)
            ? File.ReadLines(Linux).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
    }
}
