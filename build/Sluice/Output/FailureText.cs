using Sluice.CommandLine;
using Sluice.Rollouts;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Planning.Guidance;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;

namespace Sluice.Output;

/// <summary>What ended a run early, in a sentence; and the last word of one that failed before it could look at the endpoint, or that only looks.</summary>
internal static class FailureText
{
    /// <summary>Azure's codes for what does not exist.</summary>
    private static readonly string[] Missing = ["ResourceNotFound", "NotFound"];

    private const string Cancelled = "The run was cancelled. The traffic stays as it was written last; the same command goes on from there.";

    /// <summary>What ended a run that was cancelled and had no time left to end in order.</summary>
    /// <param name="spec">What was wanted; null for a target without.</param>
    public static string OfTimeUp(RolloutSpec? spec) => spec is { Strategy.OnCancel: CancelPolicy.Rollback }
        ? "The run was cancelled, and its time was up before the traffic's way back had come to its end. A write that was sent goes on in Azure, and the "
            + "same command completes the rest; where the traffic has not moved, --target=Rollback does."
        : Cancelled;

    /// <summary>What ended a run early.</summary>
    /// <param name="cause">What was thrown.</param>
    /// <param name="exitCode">How the run ended.</param>
    public static string Sentence(Exception cause, int exitCode) => cause switch
    {
        StageStoppedException { Result: var result } => $"{OutcomeText.Target(result.Stage)}: {OutcomeText.Of(result.Outcome)}. {result.Why}",
        WriteCancelledException => $"{cause.Message} The same command goes on from there.",
        _ when ExitCode.IsOfSignal(exitCode) => Cancelled,
        _ => cause.Message,
    };

    /// <summary>The lines on what is there now, and what to run next; none where the target is not about an endpoint.</summary>
    /// <param name="parameters">What the run was asked to do.</param>
    /// <param name="cause">What ended it.</param>
    public static IEnumerable<string> Lines(Parameters parameters, Exception? cause)
    {
        if (parameters.Spec is not { } spec || parameters.Target is "Emulator" or "Reset")
        {
            yield break;
        }

        yield return parameters.Target == "RotateKeys"
            ? $"  state      The traffic of endpoint {spec.Endpoint.Name} is as it was; keys that were regenerated are named above."
            : $"  state      Endpoint {spec.Endpoint.Name} is as it was: this run has changed nothing.";
        foreach (var (index, line) in Next(parameters.Commands, parameters, cause).Lines.Index())
        {
            yield return $"  {(index == 0 ? "next" : ""),-10} {line}";
        }
    }

    private static NextSteps Next(Commands commands, Parameters parameters, Exception? cause) => new(cause switch
    {
        WorkspaceCallException { Code: { } code } when Missing.Contains(code) => [commands.Look, new(commands.Of("Promote"), "brings it up")],
        EndpointLockedException =>
        [
            new(commands.Of("Status --watch"), "shows how the other run goes on"),
            new(commands.AgainWith("--wait-for-lock"), "waits for its end"),
        ],
        OperationCanceledException when parameters is { Stages.Count: > 0, Spec.Strategy.OnCancel: CancelPolicy.Rollback } =>
            [new(commands.Of("Rollback"), "takes the candidate back, which was not done"), commands.Look],
        WorkspaceCallException => [new(commands.Of("Doctor"), "tells what is in the way"), new(commands.Again, "after that")],
        _ => [commands.Look],
    });
}
