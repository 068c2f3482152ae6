using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Sluice.Benchmarks.Rehearsals;
using Sluice.Benchmarks.Table;
using Sluice.Emulator.Operations;
using Sluice.Rollouts.Spec;
using LatencyProfile = Sluice.Emulator.LatencyProfile;

namespace Sluice.Benchmarks.Figures;

/// <summary>
/// A whole rollout on a local Azure ML whose operations take as long as Azure's: against the time that nobody can be faster than, against the
/// same steps by Microsoft's client for Node, and how often it asks whether an operation is done.
/// </summary>
/// <remarks>
/// The clock of the operations and bakes runs faster than the machine's, and so do the pauses of ours; requests take what they take, so each
/// weighs as many times as much as on Azure. The other client's pause of 2 s is the machine's. Both are measured from their first call on, with
/// the start of their processes left out.
/// </remarks>
internal sealed class RolloutFigures : IMeasurement
{
    private const int Speed = 30;
    private const int Rounds = 3;
    private const double LongestLateness = 5;

    private static readonly TimeSpan Bake = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public IReadOnlyList<string> Numbers { get; } = ["5", "6", "8"];

    /// <inheritdoc/>
    public async Task<Result> MeasureAsync(Ground ground, CancellationToken cancellationToken)
    {
        var reference = await NodeReference.InstallAsync(ground, "management-client", cancellationToken);

        // The compiler of this process is warm in a run of ours from a published build, too.
        await OursAsync(ground, LatencyProfile.Instant, cancellationToken);
        List<RolloutTimes> ours = [];
        List<double> theirs = [];
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(await OursAsync(ground, LatencyProfile.Azure, cancellationToken));
            theirs.Add(await TheirsAsync(ground, reference, cancellationToken));
        }

        var middle = ours.OrderBy(run => run.Wall / run.CriticalPath).ElementAt(Rounds / 2);
        var wall = middle.Wall.TotalSeconds;
        var ratios = ours.Zip(theirs, (one, other) => one.Wall.TotalSeconds / other);
        var deployments = ours.SelectMany(run => run.Operations.Where(IsDeployment).Select(operation => (Run: run, Operation: operation))).ToList();
        return Result.Of(
            new Row(
                "5",
                $"whole rollout, azure × {Speed}",
                Text(wall),
                $"operations and bakes {Text(middle.CriticalPath.TotalSeconds)}",
                wall / middle.CriticalPath.TotalSeconds,
                Bar.AtMost(1.05))
            {
                Details = [.. middle.Operations.Select(middle.Sentence), $"bakes: {Text(middle.Bakes.TotalSeconds)}"],
            },
            new Row(
                "6",
                $"same rollout, azure × {Speed}",
                Text(wall),
                $"@azure/arm-machinelearning, its default polling: {Text(Measuring.Rounds.Median(theirs))}",
                Measuring.Rounds.Median(ratios),
                Bar.AtMost(0.8))
            {
                Details =
                [
                    "That client polls every 2 s of the wall's time, whatever the scale: the more is scaled, the more its polling weighs. Unscaled,",
                    "both wait for the same operations, and the ratio is close to 1.",
                ],
            },
            new Row(
                "8",
                "polls of an operation of five minutes",
                $"{deployments.Max(each => each.Run.Polls[each.Operation.Key].Count())} at most",
                "an oracle: 1, at its end",
                deployments.Max(each => each.Run.Polls[each.Operation.Key].Count()),
                Bar.AtMost(25, "polls")),
            new Row(
                "8",
                "lateness of the one that says done",
                FormattableString.Invariant($"{deployments.Max(Lateness):0.0} % at most"),
                "an oracle: 0 %",
                deployments.Max(Lateness),
                Bar.AtMost(LongestLateness, "%")));
    }

    private static bool IsDeployment(Operation operation) => operation.Kind == OperationKind.CreateDeployment;

    private static double Lateness((RolloutTimes Run, Operation Operation) each) =>
        each.Run.LatenessOf(each.Operation) / RolloutTimes.Took(each.Operation) * 100;

    private static string Text(double seconds) => FormattableString.Invariant($"{seconds:0.0} s");

    private static StrategySpec Strategy(StrategySpec shipped) => shipped with
    {
        Steps = [.. shipped.Steps.Select(step => step with { Bake = Bake })],
        FinalBake = Bake,
        Gate = shipped.Gate with { LookInterval = Bake },
    };

    private static async Task<RolloutTimes> OursAsync(Ground ground, LatencyProfile latency, CancellationToken cancellationToken)
    {
        var azure = await MeasuredAzure.StartAsync(ground.Folder("ours"), latency, Speed, cancellationToken);
        TimeSpan wall;
        StrategySpec strategy;
        await using (azure)
        {
            var rollout = MeasuredRollout.Of(ground, azure, Strategy);
            strategy = rollout.Spec.Strategy;
            var connection = rollout.Connect();
            var begin = azure.Time.GetTimestamp();
            await rollout.RunAsync(connection, MeasuredRollout.Line, [], cancellationToken);
            wall = azure.Time.GetElapsedTime(begin);
        }

        var bakes = strategy.Steps.Aggregate(strategy.FinalBake, (sum, step) => sum + step.Bake);
        var polls = azure.Requests.Polls.ToLookup(poll => poll.Request.Path.Split(':')[^1], poll => poll.Time);
        return new(wall, azure.Operations(), bakes, polls);
    }

    private static async Task<double> TheirsAsync(Ground ground, NodeReference reference, CancellationToken cancellationToken)
    {
        await using var azure = await MeasuredAzure.StartAsync(ground.Folder("theirs"), LatencyProfile.Azure, Speed, cancellationToken);
        var strategy = MeasuredRollout.Of(ground, azure, Strategy).Spec.Strategy;
        var run = await reference.RunAsync(
            "rollout.mjs",
            ImmutableDictionary<string, string>.Empty
                .Add("NODE_EXTRA_CA_CERTS", azure.Azure.Connection.CertificatePath)
                .Add("SLUICE_CONNECTION", Path.Combine(azure.Folder, "connection.json"))
                .Add("SLUICE_MODELS", Path.Combine(ground.Checkout, "models", "heart-classifier"))
                .Add("SLUICE_WEIGHTS", string.Join(',', strategy.Steps.Select(step => step.Weight)))
                .Add("SLUICE_BAKE", (Bake / Speed).TotalSeconds.ToString(CultureInfo.InvariantCulture))
                .Add("SLUICE_PROBES", strategy.Gate.ProbesPerLook.ToString(CultureInfo.InvariantCulture)),
            cancellationToken);
        using var output = JsonDocument.Parse(run.Output);
        return output.RootElement.GetProperty("seconds").GetDouble() * Speed;
    }
}
