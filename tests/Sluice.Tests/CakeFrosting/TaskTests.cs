using Cake.Common.Diagnostics;
using Cake.Core;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using Spectre.Console.Testing;

namespace Sluice.Tests.CakeFrosting;

[Category("Unit")]
internal sealed class TaskTests
{
    private static readonly Type[] Chain = [typeof(Ship), typeof(Pack), typeof(Compile), typeof(Sign)];

    [Test]
    public void Dependencies_run_before_their_task_and_once()
    {
        var run = TestHost.Run(Chain, "--target=Ship");

        Assert.That(run.Steps, Is.EqualTo(new[] { "Compile", "Pack", "Sign", "Ship" }));
        Assert.That(run.ExitCode, Is.Zero);
    }

    [Test]
    public void The_report_has_a_row_for_each_task_that_ran()
    {
        var run = TestHost.Run(Chain, "--target=Pack");

        Assert.That(run.Report, Is.EqualTo(new[] { "Compile Succeeded", "Pack Succeeded" }));
        Assert.That(run.Output, Does.Contain("Total:"));
        Assert.That(run.Error, Is.Empty);
    }

    [Test]
    public void Each_task_has_a_banner()
    {
        var run = TestHost.Run(Chain, "--target=Compile");

        var line = new string('=', 40);
        Assert.That(run.Output, Does.Contain($"{line}\nCompile\n{line}\n"));
    }

    [Test]
    public void Exclusive_runs_the_target_alone()
    {
        var run = TestHost.Run(Chain, host => host.UseLifetime<NotingLifetime>(), "--target=Ship", "--exclusive");

        Assert.That(run.Steps, Is.EqualTo(new[] { "setup for Ship: Compile Pack Sign Ship", "Ship", "teardown" }));
    }

    [Test]
    public void Several_targets_run_as_one_graph_in_alphabetical_order_each_task_once()
    {
        var run = TestHost.Run(Chain, host => host.UseLifetime<NotingLifetime>(), "--target=Sign", "--target", "Pack");

        Assert.That(run.Steps, Is.EqualTo(new[] { "setup for Sign: Compile Pack Sign", "Compile", "Pack", "Sign", "teardown" }));
    }

    [Test]
    public void A_setting_runs_several_targets_one_after_the_other()
    {
        var run = TestHost.Run(
            Chain,
            host => host.UseCakeSetting("Settings_UnifiedDependencyGraphForMultipleTargets", "false"),
            "--target=Sign", "--target=Pack", "--target=Compile");

        Assert.That(run.Steps, Is.EqualTo(new[] { "Compile", "Sign", "Compile", "Pack", "Compile" }));
    }

    [Test]
    public void The_dry_run_lists_the_order_that_the_same_setting_gives()
    {
        var run = TestHost.Run(
            Chain,
            host => host.UseCakeSetting("Settings_UnifiedDependencyGraphForMultipleTargets", "false"),
            "--target=Sign", "--target=Compile", "--dryrun");

        Assert.That(run.Output, Does.Contain("1. Compile\n2. Sign\n").And.Contain(". Compile\n\nThis was a dry run."));
    }

    [Test]
    public void A_target_is_found_in_any_case_and_reported_as_declared()
    {
        var run = TestHost.Run(Chain, "--target=cOMPILE");

        Assert.That(run.Report, Is.EqualTo(new[] { "Compile Succeeded" }));
    }

    [Test]
    public void Without_a_target_Default_runs()
    {
        var run = TestHost.Run([typeof(Renamed), .. Chain]);

        Assert.That(run.Steps, Is.EqualTo(new[] { "Renamed" }));
        Assert.That(run.Report, Is.EqualTo(new[] { "Default Succeeded" }));
    }

    [Test]
    public void Dependees_run_after_the_tasks_own_dependencies_and_before_the_task()
    {
        var run = TestHost.Run([.. Chain, typeof(Lint)], "--target=Pack");

        Assert.That(run.Steps, Is.EqualTo(new[] { "Compile", "Lint", "Pack" }));
    }

    [Test]
    public void A_derived_task_inherits_dependencies_but_neither_name_nor_description()
    {
        var run = TestHost.Run([typeof(Renamed), typeof(Derived), .. Chain], "--target=Derived");

        Assert.That(run.Steps, Is.EqualTo(new[] { "Compile", "Derived" }));
    }

    [Test]
    public void Asynchronous_tasks_are_awaited()
    {
        var run = TestHost.Run([typeof(Slow), typeof(AfterSlow)], "--target=AfterSlow");

        Assert.That(run.Steps, Is.EqualTo(new[] { "slow", "AfterSlow" }));
    }

    [Test]
    public void A_task_without_work_has_a_banner_and_no_row()
    {
        var run = TestHost.Run([typeof(Gathering), .. Chain], "--target=Gathering");

        Assert.That(run.Output, Does.Contain("\nGathering\n"));
        Assert.That(run.Report, Is.EqualTo(new[] { "Compile Succeeded" }));
    }

    [Test]
    public void Tasks_registered_as_services_come_before_those_of_assemblies()
    {
        using var console = new TestConsole();

        TestHost.Run(
            [typeof(Compile)],
            host => host.ConfigureServices(
                services => services.AddSingleton<IFrostingTask, Sign>().AddSingleton<IAnsiConsole>(console)),
            "--description");

        Assert.That(console.Output, Does.Match("(?s)Sign.*Compile"));
    }

    [Test]
    public void An_assembly_added_twice_is_searched_once()
    {
        var assembly = new AssemblyOf(typeof(Renamed));

        var run = TestHost.Run([], host => host.AddAssembly(assembly).AddAssembly(assembly));

        Assert.That(run.Steps, Is.EqualTo(new[] { "Renamed" }), run.ToString());
    }

    [Test]
    public void Abstract_classes_and_others_are_no_tasks()
    {
        var run = TestHost.Run([typeof(NotingTask), typeof(TaskTests), typeof(IFrostingTask), typeof(Compile)], "--target=Compile");

        Assert.That(run.Report, Is.EqualTo(new[] { "Compile Succeeded" }), run.ToString());
    }

    [Test]
    public void Tasks_share_the_last_context_that_was_set()
    {
        var run = TestHost.Run([typeof(Counting)], host => host.UseContext<OtherContext>().UseContext<OwnContext>(), "--target=Counting");

        Assert.That(run.Steps, Is.EqualTo(new[] { "count 1" }));
    }

    [Test]
    public void A_task_of_another_context_is_left_out_with_a_warning()
    {
        var run = TestHost.Run([typeof(Counting), typeof(Compile)], "--target=Compile");

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Output, Does.Contain("Task cannot be used since the context isn't convertible to OwnContext."));
    }

    [Test]
    public void A_task_further_down_that_needs_another_context_stops_the_host()
    {
        var run = TestHost.Run([typeof(FurtherDown), typeof(Compile)], "--target=Compile");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Steps, Is.Empty);
    }

    [Test]
    public void A_service_that_is_missing_is_named()
    {
        var run = TestHost.Run([typeof(Compile), typeof(NeedsMore)], "--target=Compile");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.StartWith("Error: Unable to resolve service for type 'System.Version'").And.Contain("NeedsMore"));
    }

    [Test]
    public void Log_warnings_go_to_standard_output_and_errors_to_standard_error()
    {
        var run = TestHost.Run([typeof(Logging)], "--target=Logging");

        Assert.That(run.Output, Does.Contain("information\nwarning\n").And.Not.Contain("problem"));
        Assert.That(run.Error, Is.EqualTo("problem\n"));
    }

    [IsDependentOn(typeof(Pack))]
    [IsDependentOn(typeof(Sign))]
    private sealed class Ship(Steps steps) : NotingTask(steps);

    [IsDependentOn(typeof(Compile))]
    private sealed class Pack(Steps steps) : NotingTask(steps);

    [IsDependentOn(typeof(Compile))]
    private sealed class Sign(Steps steps) : NotingTask(steps);

    private sealed class Compile(Steps steps) : NotingTask(steps);

    [IsDependeeOf(typeof(Pack))]
    private sealed class Lint(Steps steps) : NotingTask(steps);

    [TaskName("Default")]
    private sealed class Renamed(Steps steps) : NotingTask(steps);

    [TaskName("Base")]
    [TaskDescription("The base")]
    [IsDependentOn(typeof(Compile))]
    private abstract class Base(Steps steps) : NotingTask(steps);

    private sealed class Derived(Steps steps) : Base(steps);

    [IsDependentOn(typeof(Compile))]
    private sealed class Gathering : FrostingTask;

    private sealed class Slow(Steps steps) : AsyncFrostingTask
    {
        public override async Task RunAsync(ICakeContext context)
        {
            await Task.Yield();
            steps.Add("slow");
        }
    }

    [IsDependentOn(typeof(Slow))]
    private sealed class AfterSlow(Steps steps) : NotingTask(steps);

    private sealed class OwnContext(ICakeContext context) : FrostingContext(context)
    {
        public int Count { get; set; }
    }

    private sealed class OtherContext(ICakeContext context) : FrostingContext(context);

    private sealed class Counting(Steps steps) : FrostingTask<OwnContext>
    {
        public override void Run(OwnContext context) => steps.Add($"count {++context.Count}");
    }

    private abstract class Middle : FrostingTask<OwnContext>;

    private sealed class FurtherDown : Middle;

    private sealed class NeedsMore(Version version) : FrostingTask
    {
        public override void Run(ICakeContext context) => context.Information(version);
    }

    private sealed class Logging : FrostingTask
    {
        public override void Run(ICakeContext context)
        {
            context.Information("information");
            context.Warning("warning");
            context.Error("problem");
        }
    }
}
