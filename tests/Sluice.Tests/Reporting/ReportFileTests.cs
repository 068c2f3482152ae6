using System.Runtime.Versioning;
using Sluice.Reporting;
using Sluice.Rollouts.Reporting;

namespace Sluice.Tests.Reporting;

[TestFixture]
[Category("Unit")]
internal sealed class ReportFileTests
{
    private DirectoryInfo _folder = null!;

    private string Path => System.IO.Path.Combine(_folder.FullName, ReportFile.Name);

    [SetUp]
    public void MakeTheFolder() => _folder = Directory.CreateTempSubdirectory("sluice-report-");

    [TearDown]
    public void DeleteTheFolder() => _folder.Delete(recursive: true);

    [Test]
    [UnsupportedOSPlatform("windows")]
    [Platform(Exclude = "Win", Reason = "Windows has no such rights.")]
    public async Task A_report_replaces_the_one_before_and_is_its_owners_alone()
    {
        await File.WriteAllTextAsync(Path, "before");

        await ReportFile.WriteAsync(Path, RolloutReport.Of([]), CancellationToken.None);

        Assert.That(await File.ReadAllTextAsync(Path), Does.StartWith("<!DOCTYPE html>"));
        Assert.That(File.GetUnixFileMode(Path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(_folder.EnumerateFiles().Select(file => file.Name), Is.EqualTo([ReportFile.Name]));
    }

    [Test]
    public void One_that_can_not_be_written_leaves_what_was_there()
    {
        Directory.CreateDirectory(Path);

        Assert.That(
            async () => await ReportFile.WriteAsync(Path, RolloutReport.Of([]), CancellationToken.None),
            Throws.InstanceOf<IOException>().Or.InstanceOf<UnauthorizedAccessException>());
        Assert.That(_folder.EnumerateFiles(), Is.Empty);
    }
}
