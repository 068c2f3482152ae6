using Sluice.Emulator.Operations;

namespace Sluice.Tests.Emulator;

[Category("Unit")]
internal sealed class FolderPathTests
{
    private static readonly string Folder = Path.GetFullPath("folder");

    [TestCase("MLmodel")]
    [TestCase("data/model.onnx")]
    [TestCase(".amlignore")]
    [TestCase("..names/that...are/just-odd")]
    [TestCase("Émile/数据.bin")]
    public void A_plain_name_is_a_path_in_the_folder(string name) =>
        Assert.That(FolderPath.TryCombine(Folder, name), Is.EqualTo($"{Folder}/{name}".Replace('/', Path.DirectorySeparatorChar)));

    [TestCase("")]
    [TestCase("..")]
    [TestCase("../out")]
    [TestCase("in/../../out")]
    [TestCase("in/..")]
    [TestCase("./same")]
    [TestCase("same/.")]
    [TestCase("/rooted")]
    [TestCase("double//slash")]
    [TestCase("folder/")]
    [TestCase("back\\slash")]
    [TestCase("C:/drive")]
    [TestCase("file:stream")]
    [TestCase("dot.")]
    [TestCase("space ")]
    [TestCase("nul\0l")]
    [TestCase("line\nbreak")]
    public void A_name_that_leads_out_or_may_be_another_files_is_none(string name) =>
        Assert.That(FolderPath.TryCombine(Folder, name), Is.Null);

    [Test]
    public void A_name_that_no_file_system_takes_is_none() => Assert.That(FolderPath.TryCombine(Folder, new string('a', 256)), Is.Null);
}
