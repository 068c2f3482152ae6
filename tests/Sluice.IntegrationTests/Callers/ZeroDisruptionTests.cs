using System.Diagnostics;
using Sluice.IntegrationTests.Emulator;
using Sluice.IntegrationTests.EndToEnd;

namespace Sluice.IntegrationTests.Callers;

/// <summary>
/// Callers that are not ours, in other languages, call an endpoint without pause while the real program rolls versions out and back,
/// replaces the keys and deletes what was retired. No request may fail, and none may be answered by a deployment without traffic. A key
/// that is refused because it was replaced is read again and the request repeated, once; that is no failure, and is counted.
/// </summary>
/// <remarks>
/// The run parameter Requests makes it shorter or longer:
/// <c>dotnet test -- 'TestRunParameters.Parameter(name="Requests", value="20000")'</c>.
/// </remarks>
[Category("Integration")]
public sealed class ZeroDisruptionTests
{
    private const string Endpoint = "heart-classifier";
    private const int Seed = 20261126;

    private readonly List<ForeignCaller> _callers = [];

    [TearDown]
    public async Task EndCallersAsync()
    {
        foreach (var caller in _callers)
        {
            await caller.DisposeAsync();
        }
    }

    [Test]
    public async Task No_request_fails_and_none_is_answered_by_a_deployment_without_traffic()
    {
        var wanted = TestContext.Parameters.Get("Requests", 200_000);
        var routes = new RouteLog(Endpoint);
        await using var emulator = await RunningEmulator.StartAsync(seed: Seed, routeChanged: routes.Note);

        // Calling is left to the callers, nearly.
        await using var bench = Workbench.At(emulator, config => config["load"]!["requestsPerSecond"] = 1);
        var choreography = new Choreography(bench) { StepEnded = serving => AssertServesAsync(serving, emulator, routes) };
        await choreography.BeginAsync();
        await StartCallerAsync("node", "caller.mjs", bench, emulator);
        await StartCallerAsync("python3", "caller.py", bench, emulator);
        if (_callers.Count == 0)
        {
            Assert.Ignore("There is no caller on this machine: neither a program 'node' nor one 'python3' was found.");
        }

        var begin = Stopwatch.GetTimestamp();
        while (_callers.Sum(caller => caller.Answered) < wanted)
        {
            await choreography.RoundAsync();
            foreach (var caller in _callers)
            {
                await caller.AssertCallsAsync();
            }
        }

        var judge = new Judge(routes, choreography.Rotations);
        var tallies = new List<Tally>();
        foreach (var caller in _callers)
        {
            tallies.Add(Tally.Of(caller.Name, await caller.EndAsync(), judge));
        }

        var examples = string.Join('\n', tallies.SelectMany(tally => tally.Examples));
        Print(tallies, choreography, Stopwatch.GetElapsedTime(begin));
        Assert.Multiple(() =>
        {
            Assert.That(tallies.Sum(tally => tally.Requests), Is.GreaterThanOrEqualTo(wanted));
            Assert.That(tallies.Sum(tally => tally.Failed), Is.Zero, examples);
            Assert.That(tallies.Sum(tally => tally.WrongDeployment), Is.Zero, examples);
            Assert.That(tallies.Sum(tally => tally.Repeated), Is.Positive, "No key was ever refused, so none was replaced.");
            foreach (var tally in tallies)
            {
                Assert.That(tally.BySplit, Contains.Key("default").And.ContainKey("green-2"), tally.Caller);
                Assert.That(tally.PinnedToNone, Is.InRange(1, tally.Pinned - 1), tally.Caller);
            }
        });
    }

    private static void Print(IReadOnlyList<Tally> tallies, Choreography choreography, TimeSpan time)
    {
        foreach (var tally in tallies)
        {
            TestContext.Out.WriteLine(tally);
        }

        var requests = tallies.Sum(tally => tally.Requests);
        var figures = FormattableString.Invariant(
            $"""
            all: {requests} requests in {time.TotalSeconds:0} s, {requests / time.TotalSeconds:0} a second;
            {choreography.Rollouts} rollouts, {choreography.Rollbacks} rollbacks, {choreography.Rotations.Count} key rotations; seed {Seed}
            """);
        TestContext.Out.WriteLine(figures);
    }

    /// <summary>What a caller is judged by has to be what the service tells everybody.</summary>
    private static async Task AssertServesAsync(string deployment, RunningEmulator emulator, RouteLog routes)
    {
        var endpoint = await emulator.Arm.GetAsync($"onlineEndpoints/{Endpoint}");
        var told = endpoint.Json["properties"]!["traffic"]!.AsObject().ToDictionary(share => share.Key, share => (int)share.Value!);
        var expected = new Dictionary<string, int> { [deployment] = 100 };
        Assert.That(told, Is.EquivalentTo(expected));
        Assert.That(routes.Last.Traffic.Where(share => share.Value > 0), Is.EquivalentTo(expected));
    }

    private async Task StartCallerAsync(string program, string script, Workbench bench, RunningEmulator emulator)
    {
        var environment = new Dictionary<string, string>
        {
            ["SLUICE_ANSWERS"] = Path.Combine(bench.Folder, $"{script}.answers"),
            ["SLUICE_CONNECTION"] = Path.Combine(emulator.Folder, "connection.json"),
            ["SLUICE_ENDPOINT"] = Endpoint,
            ["SLUICE_ROWS"] = Path.Combine(bench.Folder, "config", "requests.json"),
            ["SLUICE_PINNED"] = string.Join(',', Choreography.DeploymentNames),
            ["SLUICE_SEED"] = $"{Seed}",
            ["NODE_EXTRA_CA_CERTS"] = emulator.Connection.CertificatePath,
        };
        if (await ForeignCaller.TryStartAsync(program, script, environment) is not { } caller)
        {
            TestContext.Out.WriteLine($"No program '{program}' was found on this machine: {script} does not take part.");
            return;
        }

        _callers.Add(caller);
    }
}
