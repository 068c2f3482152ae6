using Sluice.CommandLine;

namespace Sluice.Tests.CommandLine;

[Category("Unit")]
[NonParallelizable]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class WorkingFolderTests
{
    private readonly string _before = Environment.CurrentDirectory;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sluice-working-");

    [TearDown]
    public void Go_back()
    {
        Environment.CurrentDirectory = _before;
        _folder.Delete(recursive: true);
    }

    [Test]
    public void Paths_that_arguments_name_start_from_the_working_folder()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "request.json"), "{}");
        var line = Read("--target=Invoke", $"--working={_folder.FullName}", "--request-file=request.json");

        var refusal = WorkingFolder.Enter(line.Given);

        Assert.That(refusal, Is.Null);
        Assert.That(File.ReadAllText(line.Given.FullPath(Arguments.RequestFile)!), Is.EqualTo("{}"));
    }

    [Test]
    public void A_working_folder_that_does_not_exist_or_is_a_file_is_refused_and_not_entered()
    {
        var file = Path.Combine(_folder.FullName, "file");
        File.WriteAllText(file, "");

        var missing = WorkingFolder.Enter(Read($"--working={_folder.FullName}/missing").Given);
        var wrong = WorkingFolder.Enter(Read($"--working={file}").Given);

        Assert.That(missing, Is.EqualTo($"--working is '{_folder.FullName}/missing', which does not exist."));
        Assert.That(wrong, Is.EqualTo($"--working is '{file}', which is a file; allowed: a folder."));
        Assert.That(Environment.CurrentDirectory, Is.EqualTo(_before));
    }

    private static CommandLineReading Read(params string[] words) =>
        CommandLineReader.Read(words, TargetInfo.Of(typeof(Parameters).Assembly), _ => null);
}
