namespace Sluice.IntegrationTests.EndToEnd;

/// <summary>
/// What the official Cake host would do with a release: run the default target for a misspelt option, lose words and repeats, let the
/// environment change the output. The program stands in front of it.
/// </summary>
[Category("Integration")]
public sealed class HostTrapTests
{
    [TestCase("--force", "--target=Promote", "--force", "Canary")]
    [TestCase("'Canary'", "--exclusive", "Canary")]
    [TestCase("'word'", "--target=Promote", "--", "word")]
    [TestCase("more than once", "--target=Status", "--target=Promote")]
    [TestCase("--yes is 'maybe'", "--target=Cleanup", "--delete-endpoint", "--yes=maybe")]
    [TestCase("--model-name is ''", "--target=Promote", "--model-name=")]
    [TestCase("--verbosity is '3'", "--target=Promote", "--verbosity=3")]
    [TestCase("--working is '.*no-such-folder'", "--target=Promote", "--working=no-such-folder")]
    [TestCase("--request-file", "--target=Promote", "--request-file=x")]
    public async Task What_the_host_would_have_accepted_or_lost_is_refused_on_standard_error(string said, params string[] arguments)
    {
        await using var desk = new Desk();

        var run = await desk.RunAsync(arguments);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2), run.ToString());
            Assert.That(run.Error, Does.Match(said));
            Assert.That(run.Output, Is.Empty);
            Assert.That(Directory.GetFileSystemEntries(desk.Folder), Is.Empty, "Something was started.");
        });
    }

    [Test]
    public async Task Without_a_target_the_targets_are_listed_and_nothing_is_touched()
    {
        await using var desk = new Desk();

        var run = await desk.RunAsync();

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero, run.ToString());
            Assert.That(run.Output, Does.Contain("Promote").And.Contain("--target"));
            Assert.That(Directory.GetFileSystemEntries(desk.Folder), Is.Empty);
        });
    }

    [Test]
    public async Task A_dry_run_names_the_tasks_in_their_order_and_touches_nothing()
    {
        await using var desk = new Desk();

        var run = await desk.RunAsync("--target=Canary", "--dryrun");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero, run.ToString());
            Assert.That(run.Output, Does.Match("(?s)Register.*Endpoint.*Blue.*Green.*Canary"));
            Assert.That(Directory.GetFileSystemEntries(desk.Folder), Is.Empty, "Something was started.");
        });
    }

    [Test]
    public async Task All_tasks_fit_the_context_and_stand_in_the_tree()
    {
        await using var desk = new Desk();

        var run = await desk.RunAsync("--tree", "--verbosity=diagnostic");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero, run.ToString());
            Assert.That(run.Output, Does.Contain("Cleanup").And.Contain("Register").And.Not.Contain("cannot be used"));
        });
    }

    [Test]
    public async Task Neither_the_environment_nor_a_cake_config_changes_what_is_said()
    {
        await using var desk = new Desk();
        var undisturbed = await desk.RunAsync();
        await File.WriteAllTextAsync(Path.Combine(desk.Folder, "cake.config"), "[Settings]\nNoReport=false\nVerbosity=diagnostic\n");
        desk.Environment["CAKE_SETTINGS_NOREPORT"] = "false";
        desk.Environment["CAKE_SETTINGS_VERBOSITY"] = "diagnostic";

        var disturbed = await desk.RunAsync();

        Assert.That(disturbed, Is.EqualTo(undisturbed));
        Assert.That(disturbed.Output, Does.Not.Contain("Total:"));
    }

    [Test]
    public async Task A_run_loads_neither_a_command_line_framework_nor_an_installer()
    {
        await using var desk = new Desk("Cake.Cli", "Cake.NuGet", "Cake.DotNetTool.Module", "Spectre.Console.Cli", "NuGet.*");

        var run = await desk.RunAsync();
        var tree = await desk.RunAsync("--tree");

        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(tree.ExitCode, Is.Not.Zero, "The tree came without Cake.Cli, so the run above proves nothing.");
    }
}
