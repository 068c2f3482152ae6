namespace Sluice.IntegrationTests.EndToEnd;

/// <summary>Somebody has filled in the production configuration, and has not signed in yet.</summary>
[TestFixture]
[Category("Integration")]
public sealed class NewcomerTests
{
    private static readonly string[] FilledIn =
    [
        $"--config={Path.Combine(Repository.Root, "config", "prod.json")}",
        "--subscription=00000000-0000-0000-0000-000000000001",
        "--resource-group=models",
        "--workspace-name=models",
        "--credential=azure-cli",
    ];

    [TestCase("Plan")]
    [TestCase("Status")]
    [TestCase("Promote")]
    public async Task A_run_without_a_login_says_how_to_get_one_what_state_the_endpoint_is_in_and_what_to_run_next(string target)
    {
        await using var desk = WithoutAzureCli();

        var run = await desk.RunAsync([$"--target={target}", .. FilledIn]);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(1), run.ToString());
            Assert.That(run.Error, Does.Contain("az login"));
            Assert.That(run.Error, Does.Contain("Endpoint heart-classifier is as it was"));
            Assert.That(run.Error, Does.Contain($"--target=Doctor {FilledIn[0]}"));
        });
    }

    [Test]
    public async Task Doctor_names_the_missing_login_with_its_fix_and_goes_on_with_what_can_be_asked()
    {
        await using var desk = WithoutAzureCli();

        var run = await desk.RunAsync(["--target=Doctor", .. FilledIn]);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(1), run.ToString());
            Assert.That(run.Output, Does.Match(@"(?m)^fail +sign-in +.+\n +→ .*az login"));
            Assert.That(run.Output, Does.Match("(?m)^ok +SDK "));
            Assert.That(run.Output, Does.Match("(?m)^skip +workspace "));
        });
    }

    private static Desk WithoutAzureCli()
    {
        var desk = new Desk();
        desk.Environment["PATH"] = desk.Folder;
        return desk;
    }
}
