using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Newtonsoft.Json.Linq;
using Sluice.IntegrationTests.EndToEnd;

namespace Sluice.IntegrationTests.Webhooks;

/// <summary>The real program rolls out on the local Azure ML, and tells a server of it.</summary>
[Category("Integration")]
public sealed class NotificationTests
{
    private const string Hidden = "a-signature-that-nobody-may-see";

    [Test]
    public async Task A_webhook_Teams_and_Slack_are_told_once_each_that_the_candidate_is_live_and_nothing_shows_the_addresses()
    {
        await using var server = await WebhookServer.StartAsync(context =>
        {
            context.Response.StatusCode = 202;
            return Task.CompletedTask;
        });
        await using var bench = Bench(server.Address, "HOOK", "TEAMS_WEBHOOK", "SLACK_WEBHOOK");
        bench.Environment["TF_BUILD"] = "true";

        var first = await bench.RunAsync("--target=Promote");
        var second = await bench.RunAsync("--target=Promote");

        var bodies = server.Requests.ToDictionary(request => request.Path, request => JObject.Parse(request.Body));
        var shown = new[] { first.Output, second.Output, WithoutMasks(first.Error), WithoutMasks(second.Error) }
            .Concat(Directory.EnumerateFiles(bench.Folder, "*", SearchOption.AllDirectories)
                .Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file))));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((first.ExitCode, second.ExitCode), Is.EqualTo((0, 0)), $"{first}\n{second}");
            Assert.That(bodies.Keys, Is.EquivalentTo(new[] { "/HOOK", "/TEAMS_WEBHOOK", "/SLACK_WEBHOOK" }));
            Assert.That((string?)bodies["/HOOK"]["state"], Is.EqualTo("completed"));
            Assert.That((int?)bodies["/HOOK"]["traffic"]!["green-2"], Is.EqualTo(100));
            Assert.That((string?)bodies["/TEAMS_WEBHOOK"].SelectToken("attachments[0].content.type"), Is.EqualTo("AdaptiveCard"));
            Assert.That((string?)bodies["/SLACK_WEBHOOK"]["text"], Is.EqualTo("heart-classifier: rollout of green-2 completed"));
            Assert.That(first.Output, Does.Contain("teams TEAMS_WEBHOOK was told (completed)."));
            Assert.That(first.Error, Does.Contain(Hidden), "The agent is told what to blot out.");
            Assert.That(shown.Where(text => text.Contains(Hidden, StringComparison.Ordinal)), Is.Empty);
        }
    }

    [Test]
    public async Task A_server_that_fails_twice_is_told_at_the_third_try()
    {
        var answers = new ConcurrentQueue<int>([500, 429, 200]);
        await using var server = await WebhookServer.StartAsync(context =>
        {
            context.Response.StatusCode = answers.TryDequeue(out var status) ? status : 200;
            context.Response.Headers.RetryAfter = "1";
            return Task.CompletedTask;
        });
        await using var bench = Bench(server.Address, "HOOK");

        var run = await bench.RunAsync("--target=Promote");

        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(server.Requests.Select(request => request.Body).Distinct().Count(), Is.EqualTo(1));
        Assert.That(server.Requests, Has.Count.EqualTo(3));
        Assert.That(run.Output, Does.Contain("webhook HOOK was told (completed)."));
    }

    [Test]
    public async Task A_server_that_is_gone_and_a_variable_that_is_not_set_change_no_exit_code()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var bench = Bench(new Uri($"http://127.0.0.1:{port}/"), "HOOK", "TEAMS_WEBHOOK");
        bench.Environment.Remove("TEAMS_WEBHOOK");

        var run = await bench.RunAsync("--target=Promote");

        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(run.Output, Does.Contain("teams TEAMS_WEBHOOK is told nothing: the environment variable TEAMS_WEBHOOK is not set."));
        Assert.That(run.Output, Does.Match(@"webhook HOOK could not be told \(completed\): .*, at try 4 of 4\."));
        Assert.That(run.ToString(), Does.Not.Contain(Hidden));
    }

    /// <summary>A desk whose places are told by variables of their names; each one's path on the server is its variable.</summary>
    private static Workbench Bench(Uri server, params string[] variables)
    {
        var bench = new Workbench(config => config["notifications"] = new JArray(variables.Select(variable => new JObject
        {
            [variable.Split('_') is [var kind, "WEBHOOK"] ? kind.ToLowerInvariant() : "webhook"] = new JObject { ["urlVariable"] = variable },
        })));
        foreach (var variable in variables)
        {
            bench.Environment[variable] = new Uri(server, $"{variable}?sig={Hidden}").AbsoluteUri;
        }

        return bench;
    }

    private static string WithoutMasks(string error) =>
        string.Join('\n', error.Split('\n').Where(line => !line.StartsWith("##vso[task.setsecret]", StringComparison.Ordinal)));
}
