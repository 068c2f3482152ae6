using System.Diagnostics;
using Sluice.Benchmarks.Measuring;
using Sluice.Benchmarks.Rehearsals;
using Sluice.Benchmarks.Table;
using Sluice.Emulator;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.State;
using Sluice.Sessions;

namespace Sluice.Benchmarks.Figures;

/// <summary>What a look costs at endpoints with more and more deployments.</summary>
internal sealed class DeploymentGrowth : IMeasurement
{
    private const int Looks = 31;

    /// <inheritdoc/>
    public IReadOnlyList<string> Numbers { get; } = ["deployments"];

    /// <inheritdoc/>
    public async Task<Result> MeasureAsync(Ground ground, CancellationToken cancellationToken)
    {
        await using var azure = await MeasuredAzure.StartAsync(ground.Folder("growth"), LatencyProfile.Instant, 1, cancellationToken);
        var rollout = MeasuredRollout.Of(ground, azure, strategy => strategy);
        var connection = rollout.Connect();
        await rollout.RunAsync(connection, [Stage.Register, Stage.Endpoint, Stage.Blue], [], cancellationToken);
        List<(double, double)> status = [];
        List<(double, double)> plans = [];
        var there = 1;
        foreach (var size in (int[])[1, 5, 20])
        {
            for (; there < size; there++)
            {
                await DeployAsync(rollout, connection, $"more-{there}", cancellationToken);
            }

            status.Add((size, await MedianAsync(() => Standing.OfAsync(
                rollout.Spec, connection.Workspace, connection.Journal, connection.Telemetry, _ => null, previous: null, azure.Time, cancellationToken))));
            plans.Add((size, await MedianAsync(() => PlanAsync(rollout, connection, cancellationToken))));
        }

        return new(
            [],
            [
                new("one look of Status, on an open connection", "deployments", "ms", status),
                new("one observation and its plan, on an open connection", "deployments", "ms", plans),
            ]);
    }

    private static async Task DeployAsync(
        MeasuredRollout rollout, WorkspaceConnection connection, string name, CancellationToken cancellationToken)
    {
        var state = await connection.Workspace.ObserveAsync(rollout.Spec.Model, rollout.Spec.Endpoint.Name, cancellationToken);
        var version = state.VersionOf(rollout.Spec.Model.Candidate)!;
        await connection.Workspace.CreateDeploymentAsync(
            new DeploymentRequest(rollout.Spec.Endpoint.Name, name, rollout.Spec.Green, version, RoleTags.OfDeployment(rollout.Spec.Green, Role.Candidate, version.Digest)),
            progress: null,
            cancellationToken);
    }

    private static async Task<Decision> PlanAsync(MeasuredRollout rollout, WorkspaceConnection connection, CancellationToken cancellationToken)
    {
        connection.Workspace.Forget();
        var state = await connection.Workspace.ObserveAsync(rollout.Spec.Model, rollout.Spec.Endpoint.Name, cancellationToken);
        return Planner.Next(Stage.Green, new()
        {
            Spec = rollout.Spec,
            State = state,
            History = History.Empty,
            Now = rollout.There.Time.GetUtcNow(),
            RolloutId = "r",
        });
    }

    private static async Task<double> MedianAsync<T>(Func<Task<T>> look)
    {
        var times = new double[Looks];
        for (var index = -5; index < Looks; index++)
        {
            var begin = Stopwatch.GetTimestamp();
            await look();
            times[Math.Max(index, 0)] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        }

        return Rounds.Median(times);
    }
}
