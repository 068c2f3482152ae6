using System.Text;
using Sluice.Output;
using Sluice.Rollouts.Reporting;

namespace Sluice.Reporting;

/// <summary>
/// Writes a report for its owner only. A reader sees the former file or the new one, and never a part.
/// </summary>
internal static class ReportFile
{
    /// <summary>The name of the report among the artifacts.</summary>
    public const string Name = "report.html";

    /// <summary>Writes a report.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="report">The report.</param>
    /// <param name="cancellationToken">Ends the writing; a file that was there stays as it was.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static async Task WriteAsync(string path, RolloutReport report, CancellationToken cancellationToken)
    {
        var page = Encoding.UTF8.GetBytes(ReportPage.Of(report));
        var part = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            await using (var file = new FileStream(part, ArtifactsFolder.ForOwner(FileMode.CreateNew)))
            {
                await file.WriteAsync(page, cancellationToken);
            }

            File.Move(part, path, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }
}
