using Sluice.Benchmarks.Rehearsals;
using Sluice.Benchmarks.Table;
using Sluice.Emulator;
using Sluice.Emulator.Faults;
using Sluice.Rollouts.Execution;

namespace Sluice.Benchmarks.Figures;

/// <summary>How many calls on ARM a rollout makes beside the polls of its operations, counted by the local Azure ML.</summary>
internal sealed class CallFigures : IMeasurement
{
    /// <summary>A clock that ran faster would make what was just read old too soon.</summary>
    private const int Speed = 1;

    /// <inheritdoc/>
    public IReadOnlyList<string> Numbers { get; } = ["7"];

    /// <inheritdoc/>
    public async Task<Result> MeasureAsync(Ground ground, CancellationToken cancellationToken)
    {
        await using var azure = await MeasuredAzure.StartAsync(ground.Folder("calls"), LatencyProfile.Demo, Speed, cancellationToken);
        var rollout = MeasuredRollout.Of(ground, azure, strategy => strategy with
        {
            // Each bake begins with a look and ends with one.
            Gate = strategy.Gate with { LookInterval = strategy.FinalBake },
        });

        var connection = rollout.Connect();
        await rollout.RunAsync(connection, MeasuredRollout.Line, [], cancellationToken);
        var whole = azure.Requests.Calls;
        var polls = azure.Requests.Polls;

        azure.Requests.Clear();
        await rollout.RunAsync(rollout.Connect(), MeasuredRollout.Line, [], cancellationToken);
        var nothing = azure.Requests.Calls;

        azure.Requests.Clear();
        var looking = rollout.Connect();
        await Standing.OfAsync(
            rollout.Spec, looking.Workspace, looking.Journal, looking.Telemetry, _ => null, previous: null, azure.Time, cancellationToken);
        var status = azure.Requests.Calls;
        return Result.Of(
            RowOf("whole rollout", whole, 45) with { Details = [.. Lines(whole), $"and {polls.Count} polls of operations"] },
            RowOf("no-op Promote", nothing, 8),
            RowOf("Status, first look of a process", status, 6));
    }

    private static Row RowOf(string what, IReadOnlyList<FaultTarget> calls, int most) =>
        new("7", $"ARM calls: {what}", $"{calls.Count}", "counted by the emulator", calls.Count, Bar.AtMost(most, "calls"))
        {
            Details = [.. Lines(calls)],
        };

    private static IEnumerable<string> Lines(IEnumerable<FaultTarget> calls) => calls.Select(call =>
    {
        var start = call.Path.IndexOf("/workspaces/", StringComparison.OrdinalIgnoreCase);
        return $"{call.Method} {(start < 0 ? call.Path : call.Path[(start + "/workspaces/".Length)..])}";
    });
}
