using Cake.Common;
using Cake.Core;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using Spectre.Console.Testing;

namespace Sluice.Tests.CakeFrosting;

[Category("Unit")]
internal sealed class ListingTests
{
    private static readonly Type[] Tasks = [typeof(Roof), typeof(Walls), typeof(Garden), typeof(Home)];

    [TestCase("--dryrun")]
    [TestCase("--noop")]
    [TestCase("--whatif")]
    public void A_dry_run_lists_the_tasks_between_a_real_setup_and_teardown(string option)
    {
        var run = TestHost.Run(
            Tasks, host => host.UseLifetime<NotingLifetime>().UseTaskLifetime<NotingTaskLifetime>(), "--target=Roof", option);

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Output, Is.EqualTo(
            """
            Performing dry run...
            Targets are: Roof

            1. Walls
            2. Roof

            This was a dry run.
            No tasks were actually executed.

            """));
        Assert.That(run.Steps, Is.EqualTo(new[] { "setup for Roof: Walls Roof", "teardown" }));
    }

    [Test]
    public void A_dry_run_leaves_out_tasks_that_would_be_skipped()
    {
        var run = TestHost.Run(Tasks, "--target=Garden", "--dryrun");

        Assert.That(run.Output, Does.Contain("1. Garden").And.Not.Contain("Walls"));
    }

    [Test]
    public void A_dry_run_of_an_unknown_target_fails_after_its_heading()
    {
        var run = TestHost.Run(Tasks, "--target=Cellar", "--dryrun");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Output, Does.StartWith("Performing dry run...\nTargets are: Cellar\n"));
        Assert.That(run.Error, Is.EqualTo("Error: The target 'Cellar' was not found.\n"));
    }

    [Test]
    public void A_dry_run_is_none_for_the_engines_alias_because_the_host_consumes_the_argument()
    {
        var run = TestHost.Run(Tasks, host => host.UseSetup<DryRunAsker>(), "--target=Default", "--dryrun");

        Assert.That(run.Steps, Is.EqualTo(new[] { "dry run: False" }));
    }

    [Test]
    public void A_dry_run_that_is_switched_off_runs()
    {
        var run = TestHost.Run(Tasks, "--target=Default", "--dryrun=false");

        Assert.That(run.Steps, Is.EqualTo(new[] { "Home" }));
    }

    [TestCase("--tree")]
    [TestCase("--showtree")]
    public void The_tree_shows_roots_with_their_dependencies_and_runs_nothing(string option)
    {
        var run = TestHost.Run(Tasks, host => host.UseLifetime<NotingLifetime>(), option, "--target=Default");

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()),
            Is.EqualTo(new[] { "Default", "Garden", "└─Walls", "Roof", "└─Walls" }));
        Assert.That(run.Steps, Is.Empty);
    }

    [TestCase("--description")]
    [TestCase("--descriptions")]
    [TestCase("--showdescription")]
    [TestCase("--showdescriptions")]
    public void Descriptions_are_listed_in_the_order_of_registration_and_nothing_runs(string option)
    {
        using var console = new TestConsole();

        var run = TestHost.Run(
            Tasks,
            host => host.UseLifetime<NotingLifetime>().ConfigureServices(services => services.AddSingleton<IAnsiConsole>(console)),
            option);

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(console.Output, Does.Match(@"(?s)Roof\s+Keeps the rain out.*Walls\s+Hold the roof.*Garden.*Default"));
        Assert.That(run.Steps, Is.Empty);
    }

    [TestCase("--version")]
    [TestCase("--ver")]
    public void The_version_is_one_line(string option)
    {
        var run = TestHost.Run(Tasks, option, "--info", "--tree");

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Output.TrimEnd(), Does.Match(@"^\d+\.\d+.*$").And.Not.Contain("\n"));
        Assert.That(run.Steps, Is.Empty);
    }

    [Test]
    public void The_info_tells_the_version_and_details()
    {
        var run = TestHost.Run(Tasks, "--info");

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Output, Does.Contain("Version: ").And.Contain("Details: "));
    }

    [TestCase("--help")]
    [TestCase("-h")]
    public void The_help_names_each_option(string option)
    {
        var run = TestHost.Run(Tasks, option, "--version");

        Assert.That(run.ExitCode, Is.Zero);
        foreach (var name in new[]
        {
            "--target", "--working", "--verbosity", "--description", "--tree", "--dryrun", "--exclusive", "--version", "--info", "--help",
        })
        {
            Assert.That(run.Output, Does.Contain(name));
        }
    }

    [Test]
    public void Of_several_modes_the_dry_run_beats_the_tree_and_the_tree_the_descriptions()
    {
        var dryRun = TestHost.Run(Tasks, "--description", "--tree", "--dryrun", "--target=Default");
        var tree = TestHost.Run(Tasks, "--description", "--tree", "--target=Default");

        Assert.That(dryRun.Output, Does.Contain("Performing dry run..."));
        Assert.That(tree.Output, Does.Contain("└─Walls"));
    }

    [IsDependentOn(typeof(Walls))]
    [TaskDescription("Keeps the rain out")]
    private sealed class Roof(Steps steps) : NotingTask(steps);

    [TaskDescription("Hold the roof")]
    private sealed class Walls(Steps steps) : NotingTask(steps)
    {
        public override bool ShouldRun(ICakeContext context) => context.Argument("target", "") != "Garden";
    }

    [IsDependentOn(typeof(Walls))]
    private sealed class Garden(Steps steps) : NotingTask(steps);

    [TaskName("Default")]
    private sealed class Home(Steps steps) : NotingTask(steps);

    private sealed class DryRunAsker(Steps steps) : FrostingSetup
    {
        public override void Setup(ICakeContext context, ISetupContext info) => steps.Add($"dry run: {context.IsDryRun()}");
    }
}
