using Sluice.Benchmarks.Figures;
using Sluice.Benchmarks.Measuring;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Reading;
using Sluice.Sessions;
using Sluice.Webhooks;

namespace Sluice.Benchmarks.Rehearsals;

/// <summary>Rollouts of the shipped configuration by the real client against a <see cref="MeasuredAzure"/>, without callers and screen.</summary>
/// <param name="Spec">What is rolled out.</param>
/// <param name="There">Where.</param>
internal sealed record MeasuredRollout(RolloutSpec Spec, MeasuredAzure There)
{
    /// <summary>The line up to the candidate that has all traffic.</summary>
    public static IReadOnlyList<Stage> Line { get; } =
        [Stage.Register, Stage.Endpoint, Stage.Blue, Stage.Green, Stage.Canary, Stage.Promote];

    /// <summary>The shipped configuration's rollout to a local Azure ML.</summary>
    /// <param name="ground">Whose checkout.</param>
    /// <param name="there">The local Azure ML.</param>
    /// <param name="strategy">Changes the strategy.</param>
    public static MeasuredRollout Of(Ground ground, MeasuredAzure there, Func<StrategySpec, StrategySpec> strategy) =>
        Of(Path.Combine(ground.Checkout, "config", "local.json"), there, strategy);

    /// <summary>A configuration's rollout to a local Azure ML.</summary>
    /// <param name="config">The file; it is for the local cloud.</param>
    /// <param name="there">The local Azure ML.</param>
    /// <param name="strategy">Changes the strategy.</param>
    public static MeasuredRollout Of(string config, MeasuredAzure there, Func<StrategySpec, StrategySpec> strategy)
    {
        var reading = SpecReader.Read(config, SpecOverrides.None);
        var spec = reading.Spec ?? throw new InvalidOperationException(string.Join(Environment.NewLine, reading.Mistakes));
        var connection = there.Azure.Connection;
        return new(
            spec with
            {
                Workspace = spec.Workspace with
                {
                    SubscriptionId = connection.SubscriptionId,
                    ResourceGroup = connection.ResourceGroup,
                    Name = connection.Workspace,
                },
                Emulator = spec.Emulator! with { Latency = LatencyOf(connection.Latency) },
                Strategy = strategy(spec.Strategy),
            },
            there);
    }

    private static LatencyProfile LatencyOf(Sluice.Emulator.LatencyProfile latency) => Enum.Parse<LatencyProfile>($"{latency}");

    /// <summary>Opens the way; it is closed with the local Azure ML.</summary>
    public WorkspaceConnection Connect() => WorkspaceConnection.ToLocal(Spec, There.Azure, There.Time, new PlainMask());

    /// <summary>Runs stages to their end as one process does.</summary>
    /// <param name="connection">The way there.</param>
    /// <param name="stages">The stages.</param>
    /// <param name="observers">Who watches.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">One of them ended otherwise than well.</exception>
    public async Task RunAsync(
        WorkspaceConnection connection,
        IReadOnlyList<Stage> stages,
        IReadOnlyCollection<IRolloutObserver> observers,
        CancellationToken cancellationToken)
    {
        var process = new RunningProcess(Environment.MachineName, Environment.ProcessId, DateTimeOffset.UnixEpoch);
        using var webhook = new HttpWebhook(TimeProvider.System);
        await using var rollout = new Rollout(
            Spec,
            connection.Workspace,
            new EvidenceSources(connection.Scoring, connection.Telemetry, webhook, _ => null),
            connection.Journal,
            observers,
            There.Time,
            new RunRequest { Stages = stages, NewRolloutId = $"r-{Guid.NewGuid():N}"[..10], Actor = "the benchmark", Process = process });
        foreach (var stage in stages)
        {
            var result = await rollout.RunAsync(stage, cancellationToken);
            if (result.Outcome != Outcome.Done)
            {
                throw new InvalidOperationException($"{stage} ended as {result.Outcome}: {result.Why}");
            }
        }
    }
}
