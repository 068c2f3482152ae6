namespace Sluice.IntegrationTests.EndToEnd;

[Category("Integration")]
[Parallelizable(ParallelScope.All)]
public sealed class RegisteredModelTests
{
    [Test]
    public async Task A_registered_version_goes_live_without_its_folder_and_the_latest_is_then_up_to_date()
    {
        await using var bench = new Workbench();
        var registered = await bench.RunAsync("--target=Register");
        Assert.That(registered.ExitCode, Is.Zero, registered.ToString());
        Directory.Delete(Path.Combine(bench.Folder, "models"), recursive: true);

        const string Baseline = "--baseline-path=azureml:heart-classifier:1";
        var byNumber = await bench.RunAsync("--target=Promote", "--model-version=2", Baseline);
        var byLabel = await bench.RunAsync("--target=Promote", "--model-path=azureml:heart-classifier@latest", Baseline);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(byNumber.ExitCode, Is.Zero, byNumber.ToString());
            Assert.That(byNumber.Output, Does.Contain("heart-classifier version 2 is registered; there is nothing to upload."));
            Assert.That(byLabel.ExitCode, Is.Zero, byLabel.ToString());
            Assert.That(byLabel.Output, Does.Contain("heart-classifier version 2 serves already"));
        }
    }

    [Test]
    public async Task A_version_that_is_not_there_fails_and_names_those_that_are()
    {
        await using var bench = new Workbench();
        await bench.RunAsync("--target=Register");

        var run = await bench.RunAsync("--target=Register", "--model-version=9");

        Assert.That(run.ExitCode, Is.EqualTo(1), run.ToString());
        Assert.That(run.Output + run.Error, Does.Contain("The workspace has no version azureml:heart-classifier:9; it has 2, 1."));
    }

    [Test]
    public async Task A_registry_is_not_looked_for_on_the_local_Azure_ML()
    {
        await using var bench = new Workbench();

        var run = await bench.RunAsync("--target=Register", "--model-path=azureml://registries/azureml/models/bert/versions/4");

        Assert.That(run.ExitCode, Is.EqualTo(1), run.ToString());
        Assert.That(run.Error, Does.Contain("The local Azure ML has no registries."));
    }

    [Test]
    public async Task A_version_beside_a_folder_is_a_mistake_and_starts_nothing()
    {
        await using var bench = new Workbench();

        var run = await bench.RunAsync("--target=Register", "--model-version=2", $"--model-path={bench.Candidate}");

        Assert.That(run.ExitCode, Is.EqualTo(2), run.ToString());
        Assert.That(run.Error, Does.Contain("--model-version").And.Contain("--model-path"));
        Assert.That(Directory.Exists(Path.Combine(bench.Folder, ".sluice")), Is.False, "Something was started.");
    }

    [Test]
    public async Task A_custom_model_of_one_file_is_registered_as_what_it_is()
    {
        await using var bench = new Workbench(config =>
        {
            config["model"]!["type"] = "custom_model";
            config["model"]!["path"] = "../weights.pkl";
            config["model"]!["baseline"]!.Parent!.Remove();
        });
        bench.Write("weights.pkl", "weights");
        foreach (var file in (string[])["config/blue-deployment.yml", "config/green-deployment.yml"])
        {
            bench.Append(file, "environment: azureml:scoring:1\n");
        }

        var first = await bench.RunAsync("--target=Register");
        var second = await bench.RunAsync("--target=Register");

        Assert.That((first.ExitCode, second.ExitCode), Is.EqualTo((0, 0)), first.ToString() + second);
        var weights = Path.Combine(bench.Folder, "weights.pkl");
        Assert.That(second.Output, Does.Contain($"heart-classifier version 1 has the content of {weights}"));
    }
}
