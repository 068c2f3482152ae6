using Sluice.Rollouts;

namespace Sluice.Tests.Spec;

[Category("Unit")]
internal sealed class FolderPathTests
{
    [TestCase("a", true)]
    [TestCase("a/b", true)]
    [TestCase(".", true)]
    [TestCase("..a/b", true)]
    [TestCase("..", false)]
    [TestCase("../a", false)]
    [TestCase("/a", false)]
    public void A_path_leads_below_its_folder_or_not(string path, bool isBelow) =>
        Assert.That(FolderPath.IsBelow(path.Replace('/', Path.DirectorySeparatorChar)), Is.EqualTo(isBelow));
}
