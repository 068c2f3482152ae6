using System.Collections.Immutable;
using Sluice.Output;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Spec;

namespace Sluice.Benchmarks.Rehearsals;

/// <summary>A process that holds a canary at one weight for six hours, and tells its memory after the first five minutes, on the way, and at the end.</summary>
internal static class CanaryProcess
{
    /// <summary>The first argument that asks for it; the configuration and the local Azure ML's folder follow.</summary>
    public const string Verb = "canary";

    /// <summary>How many times as fast as the machine's its clock runs, and that of the local Azure ML.</summary>
    public const int Speed = 400;

    /// <summary>When its memory is told, counted from its first traffic.</summary>
    public static readonly ImmutableArray<TimeSpan> Moments =
        [TimeSpan.FromMinutes(5), TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6)];

    /// <summary>The step that is held.</summary>
    public static StrategySpec Strategy(StrategySpec shipped) => shipped with
    {
        Steps = [shipped.Steps[0] with { Bake = Moments[0] + Moments[^1] }],
        Gate = shipped.Gate with { LookInterval = TimeSpan.FromSeconds(30), ProbesPerLook = 20 },
    };

    /// <summary>Holds it. Everything up to the candidate's deployment is there.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="folder">The folder of the local Azure ML, which another process serves.</param>
    /// <param name="output">Takes the samples, a line each as soon as it is taken.</param>
    public static async Task RunAsync(string config, string folder, TextWriter output)
    {
        await using var azure = await MeasuredAzure.AttachAsync(folder, Speed, CancellationToken.None);
        var rollout = MeasuredRollout.Of(config, azure, Strategy);
        using var end = new CancellationTokenSource();
        using var journal = new JournalFile(Path.Combine(Path.GetDirectoryName(config)!, "journal.jsonl"), Console.Error.WriteLine);
        var sampler = new MemorySampler(azure.Time, Moments, output, end.Cancel);
        try
        {
            await rollout.RunAsync(rollout.Connect(), [Stage.Canary], [journal, new RunRecord(agent: null), sampler], end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // All samples are taken.
        }
    }
}
