using System.Runtime.InteropServices;
using Cake.Core;
using Sluice.CommandLine;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Planning;

namespace Sluice.Tests.CommandLine;

[Category("Unit")]
internal sealed class ExitCodeTests
{
    [Test]
    public void Without_an_error_it_is_done() => Assert.That(ExitCode.Of(0, null, null), Is.Zero);

    [Test]
    public void A_signal_that_came_too_late_to_stop_anything_changes_nothing() =>
        Assert.That(ExitCode.Of(0, null, PosixSignal.SIGTERM), Is.Zero);

    [TestCase(1)]
    [TestCase(-1)]
    [TestCase(42)]
    public void What_the_host_refused_by_itself_failed(int hostCode) => Assert.That(ExitCode.Of(hostCode, null, null), Is.EqualTo(1));

    [TestCase(Outcome.Failed, 1)]
    [TestCase(Outcome.RolledBack, 3)]
    [TestCase(Outcome.Held, 4)]
    public void Each_outcome_of_a_stage_has_its_own_code_however_it_is_wrapped(Outcome outcome, int code)
    {
        var stopped = new StageStoppedException(new StageResult(Stage.Canary, new(outcome, "said so"), 0, null!));

        Exception[] wrapped =
        [
            stopped,
            new AggregateException(stopped),
            new CakeReportException(new CakeReport(), "report", stopped),
            new CakeReportException(new CakeReport(), "report", new AggregateException(new AggregateException(stopped))),
        ];

        Assert.That(wrapped.Select(error => ExitCode.Of(1, error, null)), Is.All.EqualTo(code));
    }

    [Test]
    public void An_error_is_never_0([Values] Outcome outcome, [Values(0, 1)] int hostCode)
    {
        Exception[] errors =
        [
            new StageStoppedException(new StageResult(Stage.Blue, new(outcome, "said so"), 0, null!)), new CakeException(0, "nought"),
            new InvalidOperationException("broken"), new OperationCanceledException(),
        ];

        Assert.That(errors.Select(error => ExitCode.Of(hostCode, error, null)), Has.None.EqualTo(0));
    }

    [TestCase(PosixSignal.SIGINT, 130)]
    [TestCase(PosixSignal.SIGTERM, 143)]
    [TestCase(PosixSignal.SIGHUP, 129)]
    public void A_run_that_a_signal_cancelled_has_the_signals_code(PosixSignal signal, int code)
    {
        Exception[] errors =
        [
            new OperationCanceledException(),
            new TaskCanceledException(),
            new CakeReportException(new CakeReport(), "report", new TaskCanceledException()),
            new InvalidOperationException("PUT failed", new TaskCanceledException()),
        ];

        Assert.That(errors.Select(error => ExitCode.Of(1, error, signal)), Is.All.EqualTo(code));
    }

    [Test]
    public void A_failure_of_its_own_stays_one_when_a_signal_came_too() =>
        Assert.That(ExitCode.Of(1, new InvalidOperationException("broken"), PosixSignal.SIGINT), Is.EqualTo(1));

    [Test]
    public void A_rollback_that_a_signal_did_not_stop_is_told_as_one() => Assert.That(
        ExitCode.Of(1, new StageStoppedException(new StageResult(Stage.Canary, new(Outcome.RolledBack, "bad"), 1, null!)), PosixSignal.SIGTERM),
        Is.EqualTo(3));

    [Test]
    public void A_timeout_without_a_signal_failed() => Assert.That(ExitCode.Of(1, new TaskCanceledException(), null), Is.EqualTo(1));

    [TestCase(Outcome.Failed, true, true, 1)]
    [TestCase(Outcome.Failed, false, false, 1)]
    [TestCase(Outcome.RolledBack, false, true, 3)]
    [TestCase(Outcome.RolledBack, false, false, 3)]
    [TestCase(Outcome.RolledBack, true, false, 0)]
    [TestCase(Outcome.RolledBack, true, true, 10)]
    [TestCase(Outcome.Held, false, true, 4)]
    [TestCase(Outcome.Held, false, false, 4)]
    [TestCase(Outcome.Held, true, false, 0)]
    [TestCase(Outcome.Held, true, true, 10)]
    [TestCase(Outcome.Done, true, false, 0)]
    [TestCase(Outcome.Done, true, true, 10)]
    public void A_plan_fails_where_its_rollout_would_and_is_rolled_back_or_held_where_nothing_else_would_come_of_it(
        Outcome end, bool hasChanges, bool isDetailed, int code) =>
        Assert.That(ExitCode.OfPlan(new(end, "so"), hasChanges, isDetailed), Is.EqualTo(code));

    [TestCase(AwaitedKind.Window, 0)]
    [TestCase(AwaitedKind.Approval, 4)]
    [TestCase(AwaitedKind.Decision, 4)]
    public void A_plan_that_waits_for_people_is_held_and_one_that_waits_for_time_alone_is_not(AwaitedKind kind, int code) =>
        Assert.That(
            ExitCode.OfPlan(new(Outcome.Held, "so") { Awaited = new(kind, "it", "so") }, hasChanges: false, isDetailed: true), Is.EqualTo(code));
}
