using HeartClassifier.Trainer.Data;

namespace Sluice.Tests.Models;

/// <summary>The data that the checked-in models were trained on. It is not part of the repository and may be absent.</summary>
internal static class HeartDataFile
{
    private static readonly string Path = Repository.File("../shared/data/heart.csv");

    /// <summary>The file's path; the running test is ignored when there is no file.</summary>
    public static string PathOrIgnore()
    {
        if (!File.Exists(Path))
        {
            Assert.Ignore("The heart-disease data (shared/data/heart.csv beside the repository) is not on this machine.");
        }

        return Path;
    }

    /// <summary>The file's rows; the running test is ignored when there is no file.</summary>
    public static IReadOnlyList<HeartRow> RowsOrIgnore() => HeartData.Load(PathOrIgnore());
}
