using HeartClassifier.Trainer;
using HeartClassifier.Trainer.Onnx;
using HeartClassifier.Trainer.Training;

namespace Sluice.Tests.Models;

[Category("Unit")]
internal sealed class TrainingRunTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("heart-classifier-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Training_again_gives_the_checked_in_files_byte_for_byte_and_the_numbers_of_the_readme()
    {
        var report = new StringWriter { NewLine = "\n" };
        var requests = Path.Combine(_folder, "requests.json");
        var labelled = Path.Combine(_folder, "labelled.json");
        var models = Path.Combine(_folder, "models");

        new TrainingRun(report).Execute(new TrainerOptions(HeartDataFile.PathOrIgnore(), models, requests, labelled));

        var made = Directory.EnumerateFiles(models, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(models, file))
            .ToList();
        Assert.That(made, Has.Count.EqualTo(2 * 7));
        foreach (var file in made)
        {
            Assert.That(
                File.ReadAllBytes(Path.Combine(models, file)),
                Is.EqualTo(File.ReadAllBytes(Repository.File($"models/heart-classifier/{file}"))),
                file);
        }

        Assert.That(File.ReadAllBytes(requests), Is.EqualTo(File.ReadAllBytes(Repository.File("config/requests.json"))));
        Assert.That(File.ReadAllBytes(labelled), Is.EqualTo(File.ReadAllBytes(Repository.File("config/labelled.json"))));
        Assert.That(File.ReadAllText(Repository.File("models/README.md")), Does.Contain(report.ToString()));
    }

    [Test]
    public void The_checked_in_files_answer_as_MLNET_does_on_every_row_of_the_data()
    {
        var data = HeartDataFile.RowsOrIgnore();

        foreach (var recipe in ModelRecipe.All)
        {
            var trained = HeartTrainer.Train(recipe, data);
            var checkedIn = new ModelFolder(recipe.Version).Model;

            Assert.That(ExportCheck.Compare(trained, checkedIn, data), Is.LessThanOrEqualTo(ExportCheck.Tolerance));
        }
    }
}
