using System.Globalization;
using Sluice.Benchmarks.Figures;

namespace Sluice.Benchmarks.Measuring;

/// <summary>The memory of this process that is in RAM, in MB of 10^6 bytes.</summary>
/// <param name="Resident">Now.</param>
/// <param name="Peak">At the most so far.</param>
internal sealed record ProcessMemory(double Resident, double Peak)
{
    private const string Status = "/proc/self/status";

    /// <summary>Looks.</summary>
    /// <exception cref="MissingToolException">The system is not Linux.</exception>
    public static ProcessMemory Now()
    {
        if (!File.Exists(Status))
        {
            throw new MissingToolException($"The peak of the memory is read in {Status}, which only Linux has.");
        }

        var lines = File.ReadAllLines(Status);
        return new(Of("VmRSS:"), Of("VmHWM:"));

        double Of(string name) => 1.024e-3 * double.Parse(
            lines.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture);
    }
}
