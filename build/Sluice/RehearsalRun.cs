using System.Globalization;
using Sluice.Output;
using Sluice.Rollouts.Planning.Guidance;
using Sluice.Rollouts.Spec;

namespace Sluice;

/// <summary>A rollout that is tried on the local Azure ML first, with a clock that runs faster.</summary>
/// <param name="Speed">How many times as fast as the machine's the rollout's clock runs, 1 to <see cref="HighestSpeed"/>.</param>
/// <param name="Seed">Seeds what is random in the local Azure ML.</param>
/// <param name="Injected">What the candidate is made worse by, as it was written; null for nothing.</param>
public sealed record RehearsalRun(int Speed, int Seed, string? Injected)
{
    /// <summary>The speed where nobody says anything: an hour takes a minute.</summary>
    public const int UsualSpeed = 60;

    /// <summary>Timers know whole milliseconds: at this speed one is a second, and with more the rollout's shortest pauses would be longer than they are.</summary>
    public const int HighestSpeed = 1000;

    /// <summary>The name of the journal's copy among the artifacts: the real rollouts' one is not to have these events in it.</summary>
    public const string JournalName = "rehearsal-journal.jsonl";

    /// <summary>The name of the report among the artifacts.</summary>
    public const string ReportName = "rehearsal-report.html";

    /// <summary>The folder of the local Azure ML's state, which no other run uses.</summary>
    /// <param name="root">The folder of the checkout.</param>
    public static string FolderIn(string root) => Path.Combine(root, ".sluice", "rehearsal");

    /// <summary>What a person may do after one, wherever that is told: a command that follows from where it ended would be for the real endpoint.</summary>
    /// <param name="parameters">What it was asked to do.</param>
    /// <param name="isDone">Whether its stages were done.</param>
    internal static NextSteps Next(Parameters parameters, bool isDone)
    {
        var steps = ArtifactsFolder.Shown(Path.Combine(ArtifactsFolder.Of(parameters.Root), JournalName));
        return isDone
            ? new([new(parameters.CommandFor(parameters.Target), $"rolls out; this was a rehearsal, whose steps are in {steps}")])
            : new([new(null, $"this was a rehearsal; its steps, and what went wrong, are in {steps}")]);
    }

    /// <summary>Says plainly what this is, in sentences.</summary>
    /// <param name="spec">What is rehearsed.</param>
    public IEnumerable<string> Sentences(RolloutSpec spec)
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"THIS IS A REHEARSAL. Nothing outside this machine is called; operations take as long as on Azure, and time runs {Speed} times as "
                + $"fast. The seed is {Seed}.");
        yield return spec.Load is { } load
            ? string.Create(CultureInfo.InvariantCulture, $"Callers send {load.RequestsPerSecond:0.###} requests in each second of real time.")
            : "No callers send requests.";
        if (RehearsalSpec.UsualErrorRate(spec) is { } usual)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Of the requests of each deployment with traffic {usual * 100:0.####} % fail, as rollout.traffic.errorRate says is usual.");
        }

        if (Injected is not null)
        {
            yield return $"{spec.Green.Name}-* is made worse: {Injected}.";
        }
    }
}
