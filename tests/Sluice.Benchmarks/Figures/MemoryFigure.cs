using Newtonsoft.Json.Linq;
using Sluice.Benchmarks.Measuring;
using Sluice.Benchmarks.Rehearsals;
using Sluice.Benchmarks.Table;
using Sluice.Emulator;
using Sluice.Rollouts.Planning;

namespace Sluice.Benchmarks.Figures;

/// <summary>
/// Whether the memory of a rollout grows with its looks: a canary that is looked at for six hours, with the gates of the shipped production
/// configuration, in a process of its own. The local Azure ML is in this one.
/// </summary>
internal sealed class MemoryFigure : IMeasurement
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Numbers { get; } = ["16"];

    /// <inheritdoc/>
    public async Task<Result> MeasureAsync(Ground ground, CancellationToken cancellationToken)
    {
        var config = Configure(ground);
        await using var azure = await MeasuredAzure.StartAsync(
            ground.Folder("canary"), LatencyProfile.Instant, CanaryProcess.Speed, cancellationToken);
        var rollout = MeasuredRollout.Of(config, azure, CanaryProcess.Strategy);
        await rollout.RunAsync(rollout.Connect(), [Stage.Register, Stage.Endpoint, Stage.Blue, Stage.Green], [], cancellationToken);

        // Six hours pass in a minute: each method is compiled once and for good, else the end of the start would count as growth.
        var canary = new Command(
            "dotnet", [typeof(MemoryFigure).Assembly.Location, CanaryProcess.Verb, config, azure.Folder], ground.Checkout);
        using var process = (canary with { Environment = canary.Environment.Add("DOTNET_TieredCompilation", "0") }).Start();
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            List<(MemorySample Rollout, MemorySample Emulator)> samples = [];
            foreach (var _ in CanaryProcess.Moments)
            {
                samples.Add(await SampleAsync(process.StandardOutput, error, cancellationToken));
            }

            var (early, late) = (samples[0].Rollout, samples[^1].Rollout);
            await process.WaitForExitAsync(cancellationToken);
            return Result.Of(
                new Row(
                    "16",
                    "6 h canary, a look each 30 s: resident memory at the end",
                    $"{late.Sentence}",
                    $"after 5 min: {early.Sentence}",
                    Math.Abs((late.Resident / (double)early.Resident) - 1) * 100,
                    Bar.AtMost(5, "%"))
                {
                    Details =
                    [
                        .. CanaryProcess.Moments.Zip(samples, (moment, sample) => FormattableString.Invariant(
                            $"after {moment.TotalHours:0.##} h: {sample.Rollout.Sentence}; the emulator's process {sample.Emulator.Sentence}")),
                    ],
                });
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>The shipped local configuration with the gates of the production one.</summary>
    private static string Configure(Ground ground)
    {
        var folder = ground.Folder("config");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(ground.Checkout, "config")))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        var path = Path.Combine(folder, "local.json");
        var config = JObject.Parse(File.ReadAllText(path));
        config["rollout"]!["gates"] = JObject.Parse(File.ReadAllText(Path.Combine(folder, "prod.json")))["rollout"]!["gates"];
        foreach (var member in new[] { "path", "baseline" })
        {
            config["model"]![member] = Path.GetFullPath(Path.Combine(ground.Checkout, "config", (string)config["model"]![member]!));
        }

        File.WriteAllText(path, config.ToString());
        return path;
    }

    private static async Task<(MemorySample Rollout, MemorySample Emulator)> SampleAsync(
        StreamReader output, Task<string> error, CancellationToken cancellationToken) =>
        await output.ReadLineAsync(cancellationToken) is { } line
            ? (MemorySample.Parse(line), MemorySample.OfThis())
            : throw new InvalidOperationException($"The canary ended too soon: {await error}");
}
