using System.Text.Json.Nodes;
using Sluice.Benchmarks.Measuring;
using Sluice.Benchmarks.Table;
using Sluice.Emulator.Hosting;

namespace Sluice.Benchmarks.Figures;

/// <summary>
/// What it costs to look at an endpoint with three deployments that another process serves, against the bare requests; and what an edit costs
/// until its effect is seen, against the build of the same edit alone.
/// </summary>
internal sealed class StatusFigures : IMeasurement
{
    private const int Rounds = 9;
    private const int SlowRounds = 3;
    private const string Version = "--version";

    /// <summary>What a look reads, below the workspace's address.</summary>
    private static readonly string[] Reads =
    [
        "models/heart-classifier/versions?api-version=2024-04-01",
        "onlineEndpoints/heart-classifier?api-version=2024-04-01",
        "onlineEndpoints/heart-classifier/deployments?api-version=2024-04-01",
        "datastores/workspaceblobstore?api-version=2024-04-01",
        "onlineEndpoints/heart-classifier/providers/Microsoft.Insights/metrics?api-version=2023-10-01&metricnames=RequestsPerMinute",
        "onlineEndpoints/heart-classifier/providers/Microsoft.Insights/metrics?api-version=2023-10-01&metricnames=RequestLatency_P95",
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> Numbers { get; } = ["3", "4"];

    /// <inheritdoc/>
    public async Task<Result> MeasureAsync(Ground ground, CancellationToken cancellationToken)
    {
        var (ours, reference) = (await CheckoutCopy.MakeAsync(ground, cancellationToken), await CheckoutCopy.MakeAsync(ground, cancellationToken));
        await using var emulator = await EmulatorProcess.StartAsync(ground, cancellationToken);
        using var arm = new WorkspaceArm(emulator);
        await Script("--target=Promote", "--latency=instant", "--bake=PT1S", "--final-bake=PT1S").RunAsync(cancellationToken);
        await AddDeploymentAsync(arm, cancellationToken);

        var status = Script("--target=Status");
        var curl = new Command("curl", ["--silent", "--show-error", "--fail", "--config", CurlFile(ground, emulator, arm.Address)], ground.Scratch);
        var looks = await Measuring.Rounds.AlternateAsync(
            Rounds, [Script(Version).MillisecondsAsync, status.MillisecondsAsync, curl.MillisecondsAsync], cancellationToken);
        var above = looks[1].Zip(looks[0], (look, start) => look - start).ToList();

        var edits = 0;
        var builds = await Measuring.Rounds.AlternateAsync(
            SlowRounds,
            [EditThen(ours, status), EditThen(reference, new("dotnet", ["build", "build/Sluice", "--configuration", "Release"], reference))],
            cancellationToken);
        return Result.Of(
            new(
                "3",
                "./build.sh --target=Status, 3 deployments, above the no-op start",
                $"{Measuring.Rounds.MedianMilliseconds(looks[1])} − {Measuring.Rounds.MedianMilliseconds(looks[0])}",
                $"{Measuring.Rounds.MedianMilliseconds(looks[2])}, {Reads.Length} bare GETs by one curl",
                Measuring.Rounds.Ratio(above, looks[2]),
                Bar.AtMost(1.5)),
            new(
                "4",
                "an edit of one task file, then ./build.sh --target=Status",
                Measuring.Rounds.MedianMilliseconds(builds[0]),
                $"{Measuring.Rounds.MedianMilliseconds(builds[1])}, dotnet build of the edit",
                Measuring.Rounds.Ratio(builds[0], builds[1]),
                Bar.AtMost(1.15)));

        Command Script(string first, params string[] others) => new(
            Path.Combine(ours, "build.sh"), [first, .. others, .. OfEmulator(first)], ours);

        string[] OfEmulator(string first) => first == Version ? [] : [$"--emulator-folder={emulator.StateFolder}"];

        Func<CancellationToken, Task<double>> EditThen(string folder, Command command) => async cancellation =>
        {
            var task = Path.Combine(folder, "build", "Sluice", "Tasks", "ResetTask.cs");
            await File.AppendAllTextAsync(task, $"// Edit {++edits}.\n", cancellation);
            return await command.MillisecondsAsync(cancellation);
        };
    }

    /// <summary>A third deployment, as the first one is.</summary>
    private static async Task AddDeploymentAsync(WorkspaceArm arm, CancellationToken cancellationToken)
    {
        const string Deployments = "onlineEndpoints/heart-classifier/deployments";
        var first = await arm.GetAsync($"{Deployments}/default", cancellationToken);
        var third = new JsonObject
        {
            ["location"] = first["location"]!.DeepClone(),
            ["sku"] = first["sku"]!.DeepClone(),
            ["properties"] = first["properties"]!.DeepClone(),
        };
        await arm.PutAsync($"{Deployments}/third", third, cancellationToken);
    }

    /// <summary>By a file that only its owner reads: the arguments of a process can be read by everybody on the machine.</summary>
    private static string CurlFile(Ground ground, EmulatorProcess emulator, Uri workspace)
    {
        var path = Path.Combine(ground.Folder("curl"), "looks");
        OwnerOnly.Write(
            path,
            string.Join(
                '\n',
                [
                    $"cacert = \"{emulator.Connection.CertificatePath}\"",
                    $"header = \"Authorization: Bearer {emulator.Connection.BearerToken}\"",
                    .. Reads.Select(read => $"url = \"{new Uri(workspace, read)}\"\noutput = \"/dev/null\""),
                ]));
        return path;
    }
}
