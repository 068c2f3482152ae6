using Cake.Common.Diagnostics;
using Cake.Core;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;

namespace Sluice.Tests.CakeFrosting;

[Category("Unit")]
internal sealed class FailureTests
{
    [Test]
    public void A_task_that_throws_ends_the_run_with_1_and_a_report()
    {
        var run = TestHost.Run(
            [typeof(Failing), typeof(AfterFailing)], host => host.UseLifetime<NotingLifetime>(), "--target=AfterFailing");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Is.EqualTo("An error occurred when executing task 'Failing'.\nError: plain boom\n"));
        Assert.That(run.Report, Is.EqualTo(new[] { "Setup Succeeded", "Failing Failed", "Teardown Succeeded" }));
        Assert.That(run.Steps, Is.EqualTo(
            new[] { "setup for AfterFailing: Failing AfterFailing", "finally", "teardown after plain boom" }));
    }

    [Test]
    public void Diagnostic_verbosity_shows_the_whole_exception()
    {
        var run = TestHost.Run([typeof(Failing)], "--target=Failing", "--verbosity=diagnostic");

        Assert.That(run.Error, Does.Contain("Cake.Core.CakeException: plain boom").And.Contain(nameof(FailureTests)));
    }

    [Test]
    public void A_tasks_own_exit_code_is_lost_as_in_the_official_host()
    {
        var run = TestHost.Run([typeof(Failing)], "--target=Failing");

        Assert.That(run.ExitCode, Is.EqualTo(1));
    }

    [TestCase(42, 42)]
    [TestCase(0, 0, Description = "The engine returns what the exception carries, even this.")]
    public void An_exit_code_that_reaches_the_host_is_returned(int thrown, int returned)
    {
        var run = TestHost.Run(
            [typeof(Fine)],
            host => host.ConfigureServices(services => services.AddSingleton<IFrostingTeardown>(new ThrowingTeardown(thrown))),
            "--target=Fine");

        Assert.That(run.ExitCode, Is.EqualTo(returned));
        Assert.That(run.Error, Is.EqualTo("An error occurred in a custom teardown action.\nError: teardown boom\n"));
        Assert.That(run.Report, Is.Empty);
    }

    [Test]
    public void A_teardown_that_throws_after_a_failed_task_leaves_the_tasks_error()
    {
        var run = TestHost.Run(
            [typeof(Failing)],
            host => host.ConfigureServices(services => services.AddSingleton<IFrostingTeardown>(new ThrowingTeardown(42))),
            "--target=Failing");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.Contain("Teardown error: ").And.EndWith("Error: plain boom\n"));
        Assert.That(run.Report, Is.EqualTo(new[] { "Failing Failed", "Teardown Succeeded" }));
    }

    [Test]
    public void A_setup_that_throws_runs_no_task_but_the_teardown()
    {
        var run = TestHost.Run(
            [typeof(Fine)], host => host.UseSetup<ThrowingSetup>().UseTeardown<NotingTeardown>(), "--target=Fine");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Steps, Is.EqualTo(new[] { "teardown: False" }));
        Assert.That(run.Report, Is.EqualTo(new[] { "Teardown Succeeded" }));
        Assert.That(run.Error, Is.EqualTo("Error: setup boom\n"));
    }

    [Test]
    public void A_lifetime_of_another_context_fails_in_setup()
    {
        var run = TestHost.Run([typeof(Fine)], host => host.UseSetup<SetupOfAnotherContext>(), "--target=Fine");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.StartWith("Error: Unable to cast object of type 'Cake.Frosting.FrostingContext' to type"));
        Assert.That(run.Steps, Is.Empty);
    }

    [Test]
    public void An_aggregate_of_errors_is_one_line()
    {
        var run = TestHost.Run([typeof(FailingTwice)], "--target=FailingTwice");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.EndWith("Error: many (one) (two)\n"));
    }

    [Test]
    public void Continue_on_error_lets_the_run_succeed()
    {
        var run = TestHost.Run([typeof(Tolerated), typeof(AfterTolerated)], "--target=AfterTolerated");

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Steps, Is.EqualTo(new[] { "AfterTolerated" }));
        Assert.That(run.Report, Is.EqualTo(new[] { "Tolerated Failed", "AfterTolerated Succeeded" }));
    }

    [Test]
    public void An_error_that_is_handled_counts_as_none()
    {
        var run = TestHost.Run(
            [typeof(Handling)],
            host => host.UseLifetime<NotingLifetime>().UseTaskLifetime<NotingTaskLifetime>(),
            "--target=Handling");

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Steps, Is.EqualTo(
            new[]
            {
                "setup for Handling: Handling", "before Handling", "handled first boom", "finally", "after failed (first boom) Handling",
                "teardown",
            }));
    }

    [Test]
    public void An_error_handler_that_throws_fails_the_run_with_its_own_error()
    {
        var run = TestHost.Run([typeof(Handling)], "--target=Handling", "--throw");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.Contain("Error: first boom").And.EndWith("Error: second boom\n"));
        Assert.That(run.Steps, Is.EqualTo(new[] { "handled first boom", "finally" }));
    }

    [Test]
    public void A_cleanup_that_throws_fails_the_run_without_a_report()
    {
        var run = TestHost.Run([typeof(FailingCleanup)], "--target=FailingCleanup");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Is.EqualTo("Error: finally boom\n"));
        Assert.That(run.Report, Is.Empty);
    }

    [Test]
    public void A_criterion_that_throws_fails_the_run_without_a_banner()
    {
        var run = TestHost.Run([typeof(FailingCriterion)], "--target=FailingCriterion");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Is.EqualTo("Error: criteria boom\n"));
        Assert.That(run.Output, Does.Not.Contain("===="));
    }

    [Test]
    public void A_skipped_dependency_is_no_failure_and_has_a_row()
    {
        var run = TestHost.Run(
            [typeof(Skipped), typeof(AfterSkipped)], host => host.UseTaskLifetime<NotingTaskLifetime>(), "--target=AfterSkipped");

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Report, Is.EqualTo(new[] { "Skipped Skipped", "AfterSkipped Succeeded" }));
        Assert.That(run.Steps, Is.EqualTo(
            new[] { "before Skipped", "after skipped Skipped", "before AfterSkipped", "AfterSkipped", "after AfterSkipped" }));
    }

    [Test]
    public void A_skipped_target_is_a_failure()
    {
        var run = TestHost.Run([typeof(Skipped)], "--target=Skipped");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Is.EqualTo("Error: Could not reach target 'Skipped' since it was skipped due to a criteria.\n"));
    }

    [TestCase(typeof(SkippedWithReason))]
    [TestCase(typeof(SkippedWithPublicReason))]
    public void The_reason_of_a_skip_is_told(Type task)
    {
        var run = TestHost.Run([task], $"--target={task.Name}");

        Assert.That(run.Error, Does.Contain("skipped due to a criteria: because of the moon."));
    }

    [Test]
    public void A_reason_that_the_interface_does_not_see_is_ignored()
    {
        var run = TestHost.Run([typeof(SkippedWithUnseenReason)], "--target=SkippedWithUnseenReason");

        Assert.That(run.Error, Does.EndWith("skipped due to a criteria.\n"));
    }

    [TestCase("--target=Nope", "Error: The target 'Nope' was not found.\n")]
    [TestCase("--target", "", "Error: No target specified. (Parameter 'settings')\n")]
    public void A_target_that_does_not_exist_runs_nothing(params string[] line)
    {
        var run = TestHost.Run([typeof(Fine)], host => host.UseLifetime<NotingLifetime>(), line[..^1]);

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Is.EqualTo(line[^1]));
        Assert.That(run.Steps, Is.Empty);
    }

    [TestCase(typeof(DependsOnText), "The dependency 'String' is not a valid task.")]
    [TestCase(typeof(DependeeOfText), "The reverse dependency 'String' is not a valid task.")]
    [TestCase(typeof(AfterFailing), "Task 'AfterFailing' is dependent on task 'Failing' which does not exist.")]
    [TestCase(typeof(HandlingTwice), "There can only be one error handler per task.")]
    [TestCase(typeof(SecondFine), "Another task with the name 'FINE' has already been added.")]
    public void A_broken_task_stops_every_target(Type broken, string message)
    {
        foreach (var mode in new[] { "--target=Fine", "--dryrun", "--tree" })
        {
            var run = TestHost.Run([typeof(Fine), broken], mode);

            // The tree alone does not look whether dependencies exist.
            if (mode != "--tree" || broken != typeof(AfterFailing))
            {
                Assert.That(run.ExitCode, Is.EqualTo(1), $"{mode}: {run}");
                Assert.That(run.Error, Does.Contain($"Error: {message}"), mode);
            }

            Assert.That(run.Steps, Is.Empty);
        }
    }

    [Test]
    public void A_cycle_stops_every_target()
    {
        var run = TestHost.Run([typeof(Hen), typeof(Egg), typeof(Fine)], "--target=Fine");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.StartWith("Error: Unidirectional edges in graph are not allowed."));
    }

    [Test]
    public void A_task_setup_that_throws_keeps_its_task_from_running()
    {
        var run = TestHost.Run(
            [typeof(Fine)], host => host.UseTaskSetup<ThrowingTaskSetup>().UseTaskTeardown<NotingTaskLifetime>(), "-t", "Fine");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Is.EqualTo("Error: task setup boom\n"));
        Assert.That(run.Steps, Is.EqualTo(new[] { "after failed (task setup boom) Fine" }));
        Assert.That(run.Report, Is.Empty);
    }

    [Test]
    public void A_task_teardown_that_throws_fails_the_run()
    {
        var run = TestHost.Run([typeof(Fine)], host => host.UseTaskTeardown<ThrowingTaskTeardown>(), "-t", "Fine");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Is.EqualTo(
            "An error occurred in the custom task teardown action (Fine).\nError: task teardown boom\n"));
        Assert.That(run.Steps, Is.EqualTo(new[] { "Fine" }));
    }

    [Test]
    public void A_tool_without_an_installer_stops_the_host()
    {
        var run = TestHost.Run([typeof(Fine)], host => host.InstallTool(new Uri("foo:?package=x")), "--target=Fine");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Is.EqualTo("Error: Could not find an installer for the 'foo' scheme.\n"));
        Assert.That(run.Steps, Is.Empty);
    }

    private sealed class Fine(Steps steps) : NotingTask(steps);

    [TaskName("FINE")]
    private sealed class SecondFine(Steps steps) : NotingTask(steps);

    private sealed class Failing(Steps steps) : FrostingTask
    {
        public override void Run(ICakeContext context) => throw new CakeException(42, "plain boom");

        public override void Finally(ICakeContext context) => steps.Add("finally");
    }

    [IsDependentOn(typeof(Failing))]
    private sealed class AfterFailing(Steps steps) : NotingTask(steps);

    private sealed class FailingTwice : FrostingTask
    {
        public override void Run(ICakeContext context) =>
            throw new AggregateException("many", new InvalidOperationException("one"), new InvalidOperationException("two"));
    }

    [ContinueOnError]
    private sealed class Tolerated : FrostingTask
    {
        public override void Run(ICakeContext context) => throw new InvalidOperationException("tolerated");
    }

    [IsDependentOn(typeof(Tolerated))]
    private sealed class AfterTolerated(Steps steps) : NotingTask(steps);

    private sealed class Handling(Steps steps) : FrostingTask
    {
        public override void Run(ICakeContext context) => throw new InvalidOperationException("first boom");

        public override void OnError(Exception exception, ICakeContext context)
        {
            steps.Add($"handled {exception.Message}");
            if (context.Arguments.HasArgument("throw"))
            {
                throw new InvalidOperationException("second boom");
            }
        }

        public override void Finally(ICakeContext context) => steps.Add("finally");
    }

    [ContinueOnError]
    private sealed class HandlingTwice : FrostingTask
    {
        public override void OnError(Exception exception, ICakeContext context) => context.Information("handled");
    }

    private sealed class FailingCleanup : FrostingTask
    {
        public override void Run(ICakeContext context)
        {
        }

        public override void Finally(ICakeContext context) => throw new CakeException(42, "finally boom");
    }

    private sealed class FailingCriterion(Steps steps) : NotingTask(steps)
    {
        public override bool ShouldRun(ICakeContext context) => throw new CakeException(42, "criteria boom");
    }

    private sealed class Skipped(Steps steps) : NotingTask(steps)
    {
        public override bool ShouldRun(ICakeContext context) => false;

        public override void Finally(ICakeContext context) => Steps.Add("cleaned up");
    }

    [IsDependentOn(typeof(Skipped))]
    private sealed class AfterSkipped(Steps steps) : NotingTask(steps);

    private sealed class SkippedWithReason : FrostingTask, IFrostingTask
    {
        string IFrostingTask.SkippedMessage => "because of the moon";

        public override bool ShouldRun(ICakeContext context) => false;
    }

    private sealed class SkippedWithPublicReason : AsyncFrostingTask, IFrostingTask
    {
        public string SkippedMessage => "because of the moon";

        public override bool ShouldRun(ICakeContext context) => false;
    }

    private sealed class SkippedWithUnseenReason : FrostingTask
    {
        public string SkippedMessage { get; } = "because of the moon";

        public override bool ShouldRun(ICakeContext context) => false;
    }

    [IsDependentOn(typeof(string))]
    private sealed class DependsOnText : FrostingTask;

    [IsDependeeOf(typeof(string))]
    private sealed class DependeeOfText : FrostingTask;

    [IsDependentOn(typeof(Egg))]
    private sealed class Hen : FrostingTask;

    [IsDependentOn(typeof(Hen))]
    private sealed class Egg : FrostingTask;

    private sealed class ThrowingSetup : FrostingSetup
    {
        public override void Setup(ICakeContext context, ISetupContext info) => throw new CakeException(42, "setup boom");
    }

    private sealed class SpecialContext(ICakeContext context) : FrostingContext(context);

    private sealed class SetupOfAnotherContext(Steps steps) : FrostingSetup<SpecialContext>
    {
        public override void Setup(SpecialContext context, ISetupContext info) => steps.Add("setup");
    }

    private sealed class NotingTeardown(Steps steps) : FrostingTeardown
    {
        public override void Teardown(ICakeContext context, ITeardownContext info) => steps.Add($"teardown: {info.Successful}");
    }

    private sealed class ThrowingTeardown(int exitCode) : FrostingTeardown
    {
        public override void Teardown(ICakeContext context, ITeardownContext info) => throw new CakeException(exitCode, "teardown boom");
    }

    private sealed class ThrowingTaskSetup : FrostingTaskSetup
    {
        public override void Setup(ICakeContext context, ITaskSetupContext info) => throw new CakeException(42, "task setup boom");
    }

    private sealed class ThrowingTaskTeardown : FrostingTaskTeardown
    {
        public override void Teardown(ICakeContext context, ITaskTeardownContext info) => throw new CakeException(42, "task teardown boom");
    }
}
