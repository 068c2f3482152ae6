using System.Net;
using Sluice.IntegrationTests.Emulator;

namespace Sluice.IntegrationTests.EndToEnd;

[Category("Integration")]
public sealed class MistakeTests
{
    [TestCase("--target=Tset", "Test")]
    [TestCase("--modelpath=x", "--model-path")]
    [TestCase("--dry-run", "--dryrun")]
    [TestCase("--targt=Promote", "--target")]
    public async Task A_misspelt_word_on_the_command_line_runs_nothing_and_names_the_nearest_one(string argument, string nearest)
    {
        await using var bench = new Workbench();

        var run = await bench.RunAsync(argument);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2), run.ToString());
            Assert.That(run.Error, Does.Contain(argument.Split('=')[0]).And.Contain(nearest));
            Assert.That(Directory.Exists(Path.Combine(bench.Folder, ".sluice")), Is.False, "Something was started.");
        });
    }

    [Test]
    public async Task Faults_that_the_local_Azure_ML_of_another_process_would_not_have_are_refused_before_anything_is_called()
    {
        await using var emulator = await RunningEmulator.StartAsync();
        await using var bench = Workbench.At(emulator);

        var run = await bench.RunAsync("--target=Promote", "--inject=errors=1");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(1), run.ToString());
            Assert.That(run.Error, Does.Contain("--inject has no effect: process ").And.Contain("--rehearse"));
            Assert.That((await emulator.Arm.GetAsync("onlineEndpoints/heart-classifier")).Status, Is.EqualTo(HttpStatusCode.NotFound));
        }
    }

    [Test]
    public async Task A_line_with_a_mistake_and_a_configuration_with_three_are_told_all_four_and_call_nothing()
    {
        await using var bench = new Workbench(config =>
        {
            config["rollout"]!["steps"]![0]!["weight"] = 130;
            config["rollout"]!["finalBake"] = "soon";
            config["modle"] = "x";
        });

        var run = await bench.RunAsync("--target=Promote", "--retain=many");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2), run.ToString());
            Assert.That(run.Error, Does.Contain("--retain is 'many'"));
            Assert.That(run.Error, Does.Match(@"local\.json\(\d+,\d+\).*130"));
            Assert.That(run.Error, Does.Match(@"local\.json\(\d+,\d+\).*soon"));
            Assert.That(run.Error, Does.Match(@"local\.json\(\d+,\d+\).*modle"));
            Assert.That(Directory.Exists(Path.Combine(bench.Folder, ".sluice")), Is.False, "Something was started.");
        });
    }

    [Test]
    public async Task A_corrupt_model_fails_by_its_files_name_and_leaves_the_traffic()
    {
        await using var bench = new Workbench();
        await File.WriteAllTextAsync(Path.Combine(bench.Candidate, "model.onnx"), "not a model");

        var run = await bench.RunAsync("--target=Promote");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(1), run.ToString());
            Assert.That(run.Error, Does.Contain("model.onnx").And.Contain("The log of the deployment's container:"));
        });
        Assert.That(await bench.TrafficAsync(), Is.EqualTo("default=100"));
    }

    [Test]
    public async Task A_folder_without_MLmodel_is_refused_before_anything_is_called()
    {
        await using var bench = new Workbench();
        File.Delete(Path.Combine(bench.Candidate, "MLmodel"));

        var run = await bench.RunAsync("--target=Promote");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2), run.ToString());
            Assert.That(run.Error, Does.Contain("MLmodel"));
            Assert.That(Directory.Exists(Path.Combine(bench.Folder, ".sluice")), Is.False, "Something was started.");
        });
    }

    [Test]
    public async Task A_signature_without_a_column_is_refused_by_its_files_name()
    {
        await using var bench = new Workbench();
        await bench.RunAsync("--target=Blue");
        var path = Path.Combine(bench.Candidate, "MLmodel");
        var text = await File.ReadAllTextAsync(path);
        var without = System.Text.RegularExpressions.Regex.Replace(text, """,\s*\{"type": "string", "name": "thal"[^}]*\}""", "");
        Assert.That(without, Is.Not.EqualTo(text), "The signature was not found.");
        await File.WriteAllTextAsync(path, without);

        var run = await bench.RunAsync("--target=Promote");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Not.Zero, run.ToString());
            Assert.That(run.Error, Does.Contain("MLmodel").And.Contain("thal"));
        });
        File.Copy(Path.Combine(Repository.Root, "models", "heart-classifier", "v2", "MLmodel"), path, overwrite: true);
        Assert.That(await bench.TrafficAsync(), Is.EqualTo("default=100"));
    }

    [TestCase("--target=Promote", "--dryrun")]
    [TestCase("--tree", null)]
    [TestCase("--description", null)]
    [TestCase("--version", null)]
    [TestCase("--info", null)]
    [TestCase("--help", null)]
    public async Task A_look_at_the_tasks_touches_nothing(string first, string? second)
    {
        await using var bench = new Workbench();
        var before = Directory.GetFileSystemEntries(bench.Folder, "*", SearchOption.AllDirectories);

        var run = await bench.RunAsync([.. new[] { first, second }.OfType<string>()]);

        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(Directory.GetFileSystemEntries(bench.Folder, "*", SearchOption.AllDirectories), Is.EquivalentTo(before));
    }
}
