using System.Globalization;
using Sluice.Benchmarks.Figures;
using Sluice.Benchmarks.References;

namespace Sluice.Benchmarks.Measuring;

/// <summary>One upload of a folder by a process of its own, see <see cref="UploadProcess"/>.</summary>
/// <param name="Reading">Seconds that it read and hashed the folder before.</param>
/// <param name="Sending">Seconds that the upload took.</param>
/// <param name="MoreMemory">MB that the process had in RAM at the most, above what it had before.</param>
internal sealed record Upload(double Reading, double Sending, double MoreMemory)
{
    /// <summary>Uploads.</summary>
    /// <param name="ground">Where.</param>
    /// <param name="emulator">Where to.</param>
    /// <param name="way">How: <see cref="UploadProcess.Ours"/> or <see cref="UploadProcess.Sdk"/>.</param>
    /// <param name="folder">What.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<Upload> RunAsync(
        Ground ground, EmulatorProcess emulator, string way, string folder, CancellationToken cancellationToken)
    {
        var run = await OwnProgram.With(ground, UploadProcess.Mode, way, emulator.StateFolder, folder).RunAsync(cancellationToken);
        var figures = run.Output.Trim().Split(' ').Select(figure => double.Parse(figure, CultureInfo.InvariantCulture)).ToArray();
        return new Upload(figures[0], figures[1], figures[3] - figures[2]);
    }
}
