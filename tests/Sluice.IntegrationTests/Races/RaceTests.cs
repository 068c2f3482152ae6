using System.Diagnostics;
using System.Text.RegularExpressions;
using Sluice.IntegrationTests.Emulator;
using Sluice.IntegrationTests.EndToEnd;
using Sluice.Rollouts.Journal;

namespace Sluice.IntegrationTests.Races;

/// <summary>
/// Two processes with the same command on one endpoint, at one time. The rollout is held in its middle by the service, so the second one
/// never comes too late to meet the first.
/// </summary>
[Category("Integration")]
[Category("Crash")]
internal sealed partial class RaceTests
{
    private const int Pairs = 20;
    private const int CoresForAll = 1000;
    private const int Refused = 5;

    private readonly HeldCandidates _candidates = new();
    private RunningEmulator _emulator = null!;
    private Workbench _bench = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _emulator = await RunningEmulator.StartAsync(coreLimit: CoresForAll, watch: _candidates);
        _bench = Workbench.At(_emulator);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _bench.DisposeAsync();
        await _emulator.DisposeAsync();
    }

    [Test]
    public async Task Of_two_that_start_at_one_time_exactly_one_leads_and_the_other_is_told_who_does()
    {
        var begin = Stopwatch.GetTimestamp();
        var firstLed = 0;
        for (var pair = 1; pair <= Pairs; pair++)
        {
            firstLed += await RaceAsync($"race-{pair}") ? 1 : 0;
        }

        TestContext.Out.WriteLine(
            $"{Pairs} pairs in {Stopwatch.GetElapsedTime(begin).TotalSeconds:0} s: the one that was started first led {firstLed} times, "
            + $"the other one {Pairs - firstLed} times; each time one was done and one refused, and nothing was made twice");
    }

    [Test]
    public async Task One_that_waits_for_the_lock_goes_on_after_the_other_and_finds_nothing_to_do()
    {
        const string endpoint = "race-wait";
        var racers = new[] { Start(endpoint, "--wait-for-lock"), Start(endpoint, "--wait-for-lock") };
        await _candidates.BegunAsync(endpoint);
        var waiting = await FirstToSayAsync(racers, "Waiting for another run, which holds the endpoint:");

        _candidates.Open(endpoint);
        var led = await racers.Single(racer => racer != waiting).EndAsync();
        var waited = await waiting.EndAsync();

        var runs = (await JournalOfAsync(endpoint))
            .Where(happened => happened is RunStarted or RunEnded)
            .Select(happened => happened.GetType());
        Assert.Multiple(() =>
        {
            Assert.That(led.ExitCode, Is.Zero, led.ToString());
            Assert.That(waited.ExitCode, Is.Zero, waited.ToString());
            Assert.That(waited.Output, Does.Contain("nothing to do").And.Not.Contain("shift traffic"));
            Assert.That(runs, Is.EqualTo(new[] { typeof(RunStarted), typeof(RunEnded), typeof(RunStarted), typeof(RunEnded) }));
        });
        await AssertMadeOnceAsync(endpoint);
    }

    [Test]
    public async Task One_that_was_refused_takes_over_by_the_same_command_when_the_other_was_killed()
    {
        const string endpoint = "race-kill";
        var leader = Start(endpoint);
        await _candidates.BegunAsync(endpoint);
        var refused = await Start(endpoint).EndAsync();
        await leader.SignalAsync("KILL");
        await leader.EndAsync();
        _candidates.Open(endpoint);

        var again = await Start(endpoint).EndAsync();

        var runs = (await JournalOfAsync(endpoint)).OfType<RunStarted>().ToList();
        Assert.Multiple(() =>
        {
            Assert.That(refused.ExitCode, Is.EqualTo(Refused), refused.ToString());
            Assert.That(again.ExitCode, Is.Zero, again.ToString());
            Assert.That(again.Output, Does.Contain("The lock is taken from"));
            Assert.That(runs.Select(run => run.Process.Id == leader.Id), Is.EqualTo(new[] { true, false }));
            Assert.That(runs.Select(run => run.Rollout).Distinct().Count(), Is.EqualTo(1), "The rollout goes on; it does not begin anew.");
            Assert.That(runs[^1].Unfinished, Is.Not.Null);
        });
        Assert.That(await FoundAsync(endpoint), Is.EqualTo("green-2=100; default Succeeded, green-2 Succeeded; versions 1, 2"));
    }

    /// <returns>Whether the one that was started first led.</returns>
    private async Task<bool> RaceAsync(string endpoint)
    {
        var racers = new[] { Start(endpoint), Start(endpoint) };
        await _candidates.BegunAsync(endpoint);
        var ended = await Task.WhenAny(racers.Select(racer => racer.EndAsync()));
        var refused = await ended;
        var leader = racers.Single(racer => !racer.HasEnded);
        _candidates.Open(endpoint);
        var led = await leader.EndAsync();

        var journal = await JournalOfAsync(endpoint);
        var run = journal.OfType<RunStarted>().Single();
        var stages = string.Join(", ", run.Stages);
        var words = $"Another run holds the endpoint: {run.Actor}, running {stages} since {run.Time:yyyy-MM-dd'T'HH:mm:ss'Z'}.";
        Assert.Multiple(() =>
        {
            Assert.That(led.ExitCode, Is.Zero, led.ToString());
            Assert.That(refused.ExitCode, Is.EqualTo(Refused), refused.ToString());
            Assert.That(Spaces().Replace(refused.Output + refused.Error, " "), Does.Contain(words));
            Assert.That(run.Process.Id, Is.EqualTo(leader.Id));
            Assert.That(journal.Select(happened => happened.Rollout), Is.All.EqualTo(run.Rollout));
            Assert.That(journal[0], Is.SameAs(run));
            Assert.That(journal[^1], Is.InstanceOf<RunEnded>());
            Assert.That(journal.OfType<RunEnded>().Count(), Is.EqualTo(1));
        });
        await AssertMadeOnceAsync(endpoint);
        return leader == racers[0];
    }

    private SluiceProcess Start(string endpoint, params string[] more) =>
        _bench.Start(["--target=Promote", $"--endpoint-name={endpoint}", .. more]);

    private static async Task<SluiceProcess> FirstToSayAsync(IReadOnlyList<SluiceProcess> racers, string text)
    {
        var said = racers.Select(async racer =>
        {
            await racer.WaitForOutputAsync(text);
            return racer;
        });
        return await await Task.WhenAny(said);
    }

    private async Task AssertMadeOnceAsync(string endpoint)
    {
        Assert.That(_candidates.PutsOf(endpoint), Is.EquivalentTo(new Dictionary<string, int> { ["default"] = 1, ["green-2"] = 1 }));
        Assert.That(await FoundAsync(endpoint), Is.EqualTo("green-2=100; default Succeeded, green-2 Succeeded; versions 1, 2"));
    }

    private async Task<string> FoundAsync(string endpoint)
    {
        var traffic = (await _emulator.Arm.GetAsync($"onlineEndpoints/{endpoint}")).Json["properties"]!["traffic"]!.AsObject();
        var deployments = (await _emulator.Arm.GetAsync($"onlineEndpoints/{endpoint}/deployments")).Json["value"]!.AsArray();
        var versions = (await _emulator.Arm.GetAsync("models/heart-classifier/versions")).Json["value"]!.AsArray();
        return string.Join(
            "; ",
            string.Join(", ", traffic.Select(share => $"{share.Key}={share.Value}")),
            string.Join(", ", Sorted(deployments.Select(each => $"{each!["name"]} {each["properties"]!["provisioningState"]}"))),
            $"versions {string.Join(", ", Sorted(versions.Select(each => $"{each!["name"]}")))}");
    }

    private static IEnumerable<string> Sorted(IEnumerable<string> texts) => texts.Order(StringComparer.Ordinal);

    private async Task<IReadOnlyList<JournalEvent>> JournalOfAsync(string endpoint)
    {
        var container = await BlobClients.ModelsAsync(_emulator);
        var lines = await container.GetBlobClient($"sluice/{endpoint}/journal.jsonl").DownloadContentAsync();
        var reading = JournalFormat.Read(lines.Value.Content);
        Assert.That(reading.Unreadable, Is.Empty);
        return reading.Events;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
