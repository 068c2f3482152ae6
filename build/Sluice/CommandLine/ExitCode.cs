using System.Runtime.InteropServices;
using Cake.Core;
using Sluice.Rollouts;
using Sluice.Rollouts.Planning;

namespace Sluice.CommandLine;

/// <summary>The exit codes. Each outcome has its own, and a failure is never 0.</summary>
internal static class ExitCode
{
    /// <summary>Done, or nothing to do.</summary>
    public const int Done = 0;

    /// <summary>Failed; the traffic stays as it was written last.</summary>
    public const int Failed = 1;

    /// <summary>Bad arguments or configuration; nothing was called.</summary>
    public const int Mistaken = 2;

    /// <summary>Rolled back.</summary>
    public const int RolledBack = 3;

    /// <summary>Held; a person must decide.</summary>
    public const int Held = 4;

    /// <summary>Another run holds the endpoint.</summary>
    public const int Locked = 5;

    /// <summary>Planned, and there is something to change; with --detailed-exit-code alone.</summary>
    public const int Changes = 10;

    /// <summary>Ended by SIGHUP; 128 + 1, as shells have it.</summary>
    public const int HungUp = 129;

    /// <summary>Ended by SIGINT; 128 + 2.</summary>
    public const int Interrupted = 130;

    /// <summary>Ended by SIGTERM; 128 + 15.</summary>
    public const int Terminated = 143;

    /// <summary>The code of a run.</summary>
    /// <param name="hostCode">What the host returned; it may have lost the reason, but not that there was one.</param>
    /// <param name="error">What ended the run early; null when nothing did.</param>
    /// <param name="signal">The signal that cancelled it; null when none did.</param>
    public static int Of(int hostCode, Exception? error, PosixSignal? signal) => (Cause(error), signal) switch
    {
        (StageStoppedException stopped, _) => Of(stopped.Result.Outcome),
        (EndpointLockedException, _) => Locked,
        ({ } cancelled, { } ending) when IsCancellation(cancelled) => Of(ending),
        (null, _) when hostCode == 0 => Done,
        _ => Failed,
    };

    /// <summary>
    /// The code of a plan: that of the rollout where nothing else would come of it. One that has something to do before a person must decide, or
    /// has yet to go back, must not be kept from it by its plan; and what waits for a window needs nothing but time.
    /// </summary>
    /// <param name="end">How the rollout would end.</param>
    /// <param name="hasChanges">Whether it would change something.</param>
    /// <param name="isDetailed">Whether that has a code of its own.</param>
    public static int OfPlan(FinishDecision end, bool hasChanges, bool isDetailed) => end switch
    {
        { Outcome: Outcome.Failed } => Failed,
        { Outcome: Outcome.RolledBack } when !hasChanges => RolledBack,
        { Outcome: Outcome.Held } when !hasChanges && end.Awaited?.Kind != AwaitedKind.Window => Held,
        _ => isDetailed && hasChanges ? Changes : Done,
    };

    /// <summary>The code of a run that a signal ended.</summary>
    public static int Of(PosixSignal signal) => signal switch
    {
        PosixSignal.SIGHUP => HungUp,
        PosixSignal.SIGINT => Interrupted,
        _ => Terminated,
    };

    /// <summary>Whether a code says that a signal ended the run.</summary>
    public static bool IsOfSignal(int code) => code is HungUp or Interrupted or Terminated;

    /// <summary>What really ended a run: the engine wraps what a task throws.</summary>
    public static Exception? Cause(Exception? error) => error switch
    {
        CakeReportException { InnerException: { } inner } => Cause(inner),
        AggregateException { InnerExceptions: [var inner] } => Cause(inner),
        _ => error,
    };

    private static int Of(Outcome outcome) => outcome switch
    {
        Outcome.RolledBack => RolledBack,
        Outcome.Held => Held,
        _ => Failed,
    };

    // A call that the signal cut off may report it as an error of its own, with the cancellation within.
    private static bool IsCancellation(Exception? error) =>
        error is OperationCanceledException || (error is not null && IsCancellation(error.InnerException));
}
