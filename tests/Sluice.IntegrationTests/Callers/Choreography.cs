using System.Globalization;
using Sluice.IntegrationTests.EndToEnd;

namespace Sluice.IntegrationTests.Callers;

/// <summary>
/// What people and pipelines do to an endpoint while its callers go on, by the real program, a process each: two versions of the model take
/// turns, and neither comes to serve without having gone back before.
/// </summary>
internal sealed class Choreography(Workbench bench)
{
    private static readonly string[] Names = ["default", "green-1", "green-2"];

    /// <summary>Most candidates went back before.</summary>
    private static readonly string[] Promote = ["--target=Promote", "--retry"];

    private readonly List<SluiceRun> _runs = [];
    private readonly List<Period> _rotations = [];
    private string _stable = Names[0];

    /// <summary>Names that deployments have at some time, and one that none ever has.</summary>
    public static IReadOnlyList<string> DeploymentNames { get; } = [.. Names, "green-3"];

    /// <summary>All runs of the program, with all that they printed.</summary>
    public IReadOnlyList<SluiceRun> Runs => _runs;

    /// <summary>When keys were being replaced.</summary>
    public IReadOnlyCollection<Period> Rotations => _rotations;

    /// <summary>Rollouts that gave the candidate all traffic.</summary>
    public int Rollouts { get; private set; }

    /// <summary>Rollbacks, of finished rollouts and of canaries.</summary>
    public int Rollbacks { get; private set; }

    /// <summary>Told after each step which deployment has all traffic.</summary>
    public Func<string, Task>? StepEnded { get; init; }

    /// <summary>Brings the endpoint up with the first version.</summary>
    public Task BeginAsync() => RunAsync(_stable, "--target=Blue");

    /// <summary>Gives the other version all traffic, in the end, and deletes what it replaced.</summary>
    public async Task RoundAsync()
    {
        var version = _stable == "green-2" ? 1 : 2;
        var candidate = $"green-{version.ToString(CultureInfo.InvariantCulture)}";
        var path = $"--model-path={Path.Combine(bench.Folder, "models", "heart-classifier", $"v{version}")}";

        await RollOutAsync(candidate, path);
        await RollBackAsync(path);
        await RotateKeysAsync(path);
        await RollBackInCanaryAsync(candidate, path);
        await RollOutAsync(candidate, path, "--steps=5,25,60");
        await RunAsync(candidate, "--target=Cleanup", path);
        _stable = candidate;
    }

    private async Task RollOutAsync(string candidate, params string[] arguments)
    {
        await RunAsync(candidate, [.. Promote, .. arguments]);
        Rollouts++;
    }

    private async Task RollBackAsync(string path)
    {
        await RunAsync(_stable, "--target=Rollback", path);
        Rollbacks++;
    }

    private async Task RotateKeysAsync(string path)
    {
        var begin = MonotonicClock.Now;
        await RunAsync(_stable, "--target=RotateKeys", path);
        _rotations.Add(new Period(begin, MonotonicClock.Now));
    }

    private async Task RollBackInCanaryAsync(string candidate, string path)
    {
        var canary = bench.Start([.. Promote, path, "--steps=30,60", "--bake=60s"]);
        await canary.WaitForOutputAsync($"{candidate}: 10 probes");
        await RollBackAsync(path);
        var ended = await canary.EndAsync();
        _runs.Add(ended);
        Assert.That(ended.ExitCode, Is.EqualTo(3), ended.ToString());
    }

    /// <summary>Runs the program to its end, which has to be a good one and to leave one deployment with all traffic.</summary>
    private async Task RunAsync(string serving, params string[] arguments)
    {
        var run = await bench.RunAsync(arguments);
        _runs.Add(run);
        Assert.That(run.ExitCode, Is.Zero, $"{string.Join(' ', arguments)}: {run}");
        await (StepEnded?.Invoke(serving) ?? Task.CompletedTask);
    }
}
