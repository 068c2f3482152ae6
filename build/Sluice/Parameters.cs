using System.Collections.Immutable;
using Sluice.CommandLine;
using Sluice.Output;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Guidance;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;

namespace Sluice;

/// <summary>What a run was asked to do: validated as a whole before the host starts, and never changed after.</summary>
public sealed record Parameters
{
    /// <summary>The lines of a log, where nobody says how many.</summary>
    internal const int UsualLines = 50;

    /// <summary>The stage that a plan ends with, where nobody says which.</summary>
    internal const Stage LastStage = Stage.Cleanup;

    /// <summary>The pause of Status, where nobody says how long.</summary>
    internal static readonly TimeSpan UsualInterval = TimeSpan.FromSeconds(5);

    /// <summary>The folder of the checkout; artifacts go below it.</summary>
    public required string Root { get; init; }

    /// <summary>The command that people type to start the program, for the commands that messages suggest.</summary>
    public required string Program { get; init; }

    /// <summary>The configuration file as the person named it; null for the usual one.</summary>
    public string? Config { get; init; }

    /// <summary>What was said of where to act and with which model, by the arguments' names: a command on the same needs it, too.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Place { get; init; } = [];

    /// <summary>
    /// What was said, by the arguments' names, with null for a flag's value: where to act, and all that the line has beside the target. What a
    /// person says of one moment only is not among it: what they accept, and whose lock they take.
    /// </summary>
    public ImmutableArray<KeyValuePair<string, string?>> Said { get; init; } = [];

    /// <summary>The target.</summary>
    public required string Target { get; init; }

    /// <summary>Whether the target runs without what it depends on.</summary>
    public bool Exclusive { get; init; }

    /// <summary>What is wanted; null for targets that need no configuration.</summary>
    public RolloutSpec? Spec { get; init; }

    /// <summary>The rehearsal that <see cref="Spec"/> was made for; null for a run on the configured workspace.</summary>
    public RehearsalRun? Rehearsal { get; init; }

    /// <summary>What the candidate is made worse by on the local Azure ML; null for nothing.</summary>
    internal Injection? Injection { get; init; }

    /// <summary>Whether Cleanup deletes the whole endpoint; the person has confirmed it.</summary>
    public bool DeleteEndpoint { get; init; }

    /// <summary>The deployment, or the version, to roll back to; null for the stable one.</summary>
    public string? RollbackTo { get; init; }

    /// <summary>Whether a candidate that was rejected is rolled out again.</summary>
    public bool Retry { get; init; }

    /// <summary>Whether what somebody else changed is accepted.</summary>
    public bool Adopt { get; init; }

    /// <summary>Whether the run waits while another one holds the endpoint.</summary>
    public bool WaitForLock { get; init; }

    /// <summary>Whether the lock on the endpoint is taken from whoever holds it.</summary>
    public bool ForceUnlock { get; init; }

    /// <summary>What is approved; null for what the rollout needs next.</summary>
    public ApprovalScope? Approves { get; init; }

    /// <summary>The deployment that Invoke and Logs speak to; null for the one that the traffic names.</summary>
    public string? DeploymentName { get; init; }

    /// <summary>The absolute path of the file that Invoke sends; null for the configured sample.</summary>
    public string? RequestFile { get; init; }

    /// <summary>The key that RotateKeys regenerates; null for both.</summary>
    public EndpointKey? Key { get; init; }

    /// <summary>The form of what Plan and Status print.</summary>
    public OutputForm Output { get; init; }

    /// <summary>Whether Status goes on looking until the rollout ends.</summary>
    public bool Watch { get; init; }

    /// <summary>How long Status pauses between two looks.</summary>
    public TimeSpan Interval { get; init; } = UsualInterval;

    /// <summary>The stage that the plan ends with.</summary>
    public Stage Through { get; init; } = LastStage;

    /// <summary>Whether a plan with something to change has an exit code of its own.</summary>
    public bool HasDetailedExitCode { get; init; }

    /// <summary>What is right in the configuration but may not do what a person expects; for Plan and Doctor, which show it with the rest.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>The id of the rollout that is reported; null for the latest one.</summary>
    public string? Rollout { get; init; }

    /// <summary>Which container's log is shown.</summary>
    public ContainerKind Container { get; init; }

    /// <summary>How many lines of the log are shown at most.</summary>
    public int Lines { get; init; } = UsualLines;

    /// <summary>The category of tests that are run; null for all.</summary>
    public string? Category { get; init; }

    /// <summary>A further filter on the tests, in the syntax of <c>dotnet test --filter</c>; null for none.</summary>
    public string? TestFilter { get; init; }

    /// <summary>The numbers of the figures that Bench measures, with commas between; null for all.</summary>
    public string? Figures { get; init; }

    /// <summary>Whether the run ends with Cake's table of tasks: not where the output itself is what was asked for.</summary>
    public bool HasReport => Stages.Count > 0 || Target == "Test";

    /// <summary>
    /// The command that runs a target on what this run spoke to: whoever follows a suggestion must not end on another workspace.
    /// </summary>
    /// <param name="target">The target, and further arguments if need be. A model that they name is meant instead of this run's.</param>
    public string CommandFor(string target)
    {
        var namesModel = target.Contains($" --{Arguments.ModelPath.Name}=", StringComparison.Ordinal);
        var place = Place.Where(said => !namesModel || (said.Key != Arguments.ModelPath.Name && said.Key != Arguments.ModelVersion.Name));
        return $"{Program} --target={target}{string.Concat(place.Select(said => $" --{said.Key}={Quoted(said.Value)}"))}";
    }

    /// <summary>The commands that messages suggest.</summary>
    public Commands Commands => new(
        CommandFor,
        $"{Program} --target={Target}{string.Concat(Said.Select(said => $" --{said.Key}{(said.Value is { } value ? $"={Quoted(value)}" : "")}"))}");

    /// <summary>The stages that the target stands for, in their order; empty when it is no stage.</summary>
    public IReadOnlyList<Stage> Stages
    {
        get
        {
            if (!Enum.TryParse<Stage>(Target, ignoreCase: true, out var stage))
            {
                return [];
            }

            if (DeleteEndpoint)
            {
                return [Stage.DeleteEndpoint];
            }

            return Exclusive || !Line.Stages.Contains(stage) ? [stage] : Line.UpTo(stage);
        }
    }

    /// <summary>The stages that are planned, in their order.</summary>
    public IReadOnlyList<Stage> PlannedStages => Exclusive ? [Through] : Line.UpTo(Through);

    /// <summary>Whether a model is deployed by the target, or by what it plans.</summary>
    public bool DeploysModels => (Target == "Plan" ? PlannedStages : Stages).Any(stage => stage is Stage.Blue or Stage.Green);

    private string Quoted(string value) => StartScript.Argument(value, Program);
}
