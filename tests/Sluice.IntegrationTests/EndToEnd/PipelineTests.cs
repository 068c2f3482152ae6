using System.Diagnostics;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using Sluice.IntegrationTests.Emulator;
using YamlDotNet.RepresentationModel;

namespace Sluice.IntegrationTests.EndToEnd;

/// <summary>The pipelines that users start from, script by script, with the program and a local Azure ML instead of Azure.</summary>
[Category("Integration")]
[Parallelizable(ParallelScope.All)]
[Platform(Exclude = "Win", Reason = "The pipelines' scripts are bash's.")]
internal sealed partial class PipelineTests
{
    private const string GitHub = ".github/workflows/rollout.yml";
    private const string AzureDevOps = ".azuredevops/rollout.yml";

    private static readonly string[] Line = ["Plan", "Register", "Endpoint", "Blue", "Green", "Canary", "Promote", "Cleanup"];

    [TestCase(GitHub)]
    [TestCase(AzureDevOps)]
    public async Task The_line_comes_to_its_end_stage_by_stage_and_tells_the_agent_what_came_of_it(string path)
    {
        await using var emulator = await RunningEmulator.StartAsync();
        await using var bench = Workbench.At(emulator);
        var agent = new PipelineAgent(bench, path == GitHub);
        var scripts = LineOf(path);
        var outputs = new Dictionary<string, Dictionary<string, string>>();
        var secrets = new HashSet<string>();
        var said = "";

        foreach (var (target, script) in Line.Zip(scripts))
        {
            // Nothing is handed from one machine to the next.
            Directory.CreateDirectory(Path.Combine(bench.Folder, "artifacts"));
            Directory.Delete(Path.Combine(bench.Folder, "artifacts"), recursive: true);
            var run = await agent.RunAsync(script);
            Assert.That(run.ExitCode, Is.Zero, $"{target}: {run}");
            outputs[target] = agent.TakeOutputs(run);
            Assert.That(agent.Groups(run), Is.EqualTo(target == "Plan" ? [] : new[] { target }));
            Assert.That(agent.Masks(run), Is.Unique.And.Not.Empty);
            secrets.UnionWith(agent.Masks(run));
            said += run.Output + Unmasked(run.Error);
            Assert.That(agent.Summary, Does.Contain($"## {target}: done"));
            said += agent.Summary + string.Concat(outputs[target].Values);
        }

        Assert.Multiple(() =>
        {
            Assert.That(outputs.Values.Select(each => each["verdict"]), Is.All.EqualTo("done"));
            Assert.That(outputs.Values.Select(each => each["exit_code"]), Is.All.EqualTo("0"));
            Assert.That(outputs.Values.Select(each => each["endpoint"]), Is.All.EqualTo("heart-classifier"));
            Assert.That(outputs["Plan"]["has_changes"], Is.EqualTo("true"));
            Assert.That(outputs["Plan"], Does.Not.ContainKey("candidate_version"));
            Assert.That(outputs["Register"]["candidate_version"], Is.EqualTo("2"));
            Assert.That(outputs["Green"]["deployment"], Is.EqualTo("green-2"));
            Assert.That(outputs["Green"]["traffic"], Is.EqualTo("""{"default":100}"""));
            Assert.That(outputs["Canary"]["stable_deployment"], Is.EqualTo("default"));
            Assert.That(outputs["Promote"]["traffic"], Is.EqualTo("""{"green-2":100}"""));
            Assert.That(outputs["Cleanup"]["scoring_uri"], Does.EndWith("/endpoints/heart-classifier/score"));
            Assert.That(outputs["Promote"]["rollout_id"], Is.EqualTo(outputs["Canary"]["rollout_id"]).And.Not.Empty);
            Assert.That(secrets.Where(secret => said.Contains(secret, StringComparison.Ordinal)), Is.Empty);
            Assert.That(Used(path), Is.Not.Empty.And.SubsetOf(outputs.Values.SelectMany(each => each.Keys)));
        });
    }

    [Test]
    public async Task The_drill_passes_when_the_bad_candidate_is_sent_back_and_fails_when_it_is_not()
    {
        await using var bench = new Workbench(Slowly);
        var agent = new PipelineAgent(bench, isGitHub: true);
        var drill = Scripts(GitHub).Single(script => script.Contains("--inject", StringComparison.Ordinal));

        var run = await agent.RunAsync(drill);
        var outputs = agent.TakeOutputs(run);
        var tame = await agent.RunAsync(drill.Replace("--inject=errors=0.2", "--inject=slow=1", StringComparison.Ordinal));

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero, run.ToString());
            Assert.That(run.Output, Does.Contain("The exit code is 3"));
            Assert.That(outputs["verdict"], Is.EqualTo("rolled-back"));
            Assert.That(outputs["exit_code"], Is.EqualTo("3"));
            Assert.That(agent.Groups(run)[^1], Is.EqualTo("Canary"));
            Assert.That(run.Error, Does.Match("(?m)^::warning::Canary: rolled back\\. green-2 failed").And.Not.Match("(?m)^::error"));
            Assert.That(agent.Summary, Does.Contain("## Promote: rolled-back").And.Contain("gate probes says Fail").And.Match(@"\| drift \\\(only watched\\\) \| \w+ \| \w+"));
            Assert.That(File.Exists(Path.Combine(bench.Folder, "artifacts", "rehearsal-summary.md")));
            Assert.That(tame.ExitCode, Is.EqualTo(1), tame.ToString());
        });
    }

    [TestCase("SYSTEM_STAGEATTEMPT")]
    [TestCase("SYSTEM_JOBATTEMPT")]
    public async Task A_stage_of_Azure_Pipelines_that_is_run_again_approves_nothing(string attempt)
    {
        await using var bench = new Workbench();
        bench.Environment["TF_BUILD"] = "True";
        bench.Environment[attempt] = "2";

        var run = await bench.RunAsync("--target=Approve");

        Assert.That(run.ExitCode, Is.EqualTo(1), run.ToString());
        Assert.That(run.Output + run.Error, Does.Contain("Nothing was approved; queue a new run to approve."));
    }

    [Test]
    public async Task The_rehearsal_of_a_pull_request_comes_to_its_end()
    {
        await using var bench = new Workbench(Slowly);
        var agent = new PipelineAgent(bench, isGitHub: true);

        var run = await agent.RunAsync(Scripts(GitHub).First(IsRehearsal));

        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(agent.TakeOutputs(run)["traffic"], Is.EqualTo("""{"green-2":100}"""));
    }

    [Test]
    public async Task A_job_that_is_cancelled_still_hands_over_where_the_endpoint_is()
    {
        await using var emulator = await RunningEmulator.StartAsync();
        await using var bench = Workbench.At(emulator, config => config["rollout"]!["steps"]![0]!["bake"] = "10m");
        var agent = new PipelineAgent(bench, isGitHub: true);
        var canary = await BeginAsync(agent, GitHub);

        // The runner knows the shell only. It was told to make way for the program, which so gets the signal itself.
        var run = await agent.RunAsync(canary, ("traffic is default 90 %, green-2 10 %", shell => SignalAsync(shell, "INT")));
        var outputs = agent.TakeOutputs(run);
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(130), run.ToString());
            Assert.That(outputs["verdict"], Is.EqualTo("cancelled"));
            Assert.That(outputs["exit_code"], Is.EqualTo("130"));
            Assert.That(outputs["traffic"], Is.EqualTo("""{"default":90,"green-2":10}"""));
            Assert.That(agent.Groups(run), Is.EqualTo(new[] { "Canary" }));
            Assert.That(run.Error, Does.Match("(?m)^::warning::The run was cancelled"));
            Assert.That(agent.Summary, Does.Contain("## Canary: cancelled").And.Contain("| Canary | did not end |"));
        });
    }

    /// <summary>Agents send SIGTERM some seconds after SIGINT, and kill what is then still there.</summary>
    [Test]
    public async Task A_way_back_that_has_no_time_to_end_hands_over_and_is_completed_by_the_same_command()
    {
        await using var emulator = await RunningEmulator.StartAsync();
        await using var bench = Workbench.At(emulator, config => config["rollout"]!["steps"]![0]!["bake"] = "10m");
        var agent = new PipelineAgent(bench, isGitHub: true);
        var canary = await BeginAsync(agent, GitHub);

        async Task CancelAsync(Process shell)
        {
            await emulator.SetFaultsAsync("""{ "method": "PUT", "path": "*/onlineEndpoints/*", "delay": { "time": "PT10M", "moment": "after" } }""");
            await SignalAsync(shell, "INT");
        }

        async Task GiveUpAsync(Process shell)
        {
            await Until.TrueAsync(emulator.HasFaultHappenedAsync, "the write that is held back");
            await SignalAsync(shell, "TERM");
        }

        var run = await agent.RunAsync(
            $"{canary} --on-cancel=rollback", ("traffic is default 90 %, green-2 10 %", CancelAsync), ("The run was cancelled, and default passed", GiveUpAsync));
        var outputs = agent.TakeOutputs(run);
        var summary = agent.Summary;
        await emulator.SetFaultsAsync("");
        var again = await agent.RunAsync(canary);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(130), run.ToString());
            Assert.That(outputs["verdict"], Is.EqualTo("cancelled"));
            Assert.That(outputs["exit_code"], Is.EqualTo("130"));
            Assert.That(outputs["endpoint"], Is.EqualTo("heart-classifier"));
            Assert.That(agent.Groups(run)[^1], Is.EqualTo("Rollback"));
            Assert.That(run.Error, Does.Match("(?m)^::warning::The run was cancelled, and its time was up"));
            Assert.That(summary, Does.Contain("## Canary: cancelled"));
            Assert.That(again.ExitCode, Is.EqualTo(3), again.ToString());
            Assert.That(agent.TakeOutputs(again)["traffic"], Is.EqualTo("""{"default":100}"""));
        }
    }

    /// <summary>So ends a step that hands on no signal: its shell is gone, and nobody is left to send one.</summary>
    [TestCase(GitHub)]
    [TestCase(AzureDevOps)]
    public async Task A_program_whose_shell_is_gone_ends_as_cancelled(string path)
    {
        await using var emulator = await RunningEmulator.StartAsync();
        await using var bench = Workbench.At(emulator, config => config["rollout"]!["steps"]![0]!["bake"] = "10m");
        var agent = new PipelineAgent(bench, path == GitHub);
        var canary = await BeginAsync(agent, path);

        var run = await agent.RunAsync(
            $"{canary.Replace("exec ", "", StringComparison.Ordinal)}\ntrue",
            ("traffic is default 90 %, green-2 10 %", shell => SignalAsync(shell, "KILL")));
        var outputs = agent.TakeOutputs(run);

        Assert.That(outputs["verdict"], Is.EqualTo("cancelled"), run.ToString());
        Assert.That(outputs["exit_code"], Is.EqualTo("129"));
        Assert.That(outputs["traffic"], Is.EqualTo("""{"default":90,"green-2":10}"""));
    }

    [Test]
    public async Task A_service_connection_is_handed_on_to_the_steps_that_follow_or_the_job_ends()
    {
        await using var bench = new Workbench();
        var agent = new PipelineAgent(bench, isGitHub: false);
        var script = await File.ReadAllTextAsync(Path.Combine(Repository.Root, ".ci", "identity"));
        string[] names = ["CLIENT_ID", "TENANT_ID", "SERVICE_CONNECTION_ID"];

        var run = await agent.RunAsync($"{string.Concat(names.Select(name => $"export AZURESUBSCRIPTION_{name}=my-{name}\n"))}{script}");
        var without = await agent.RunAsync(script);

        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        Assert.That(
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            Is.EqualTo(names.Select(name => $"##vso[task.setvariable variable=AZURESUBSCRIPTION_{name}]my-{name}")));
        Assert.That(without.ExitCode, Is.EqualTo(1), without.ToString());
        Assert.That(without.Error, Does.Contain("AZURESUBSCRIPTION_CLIENT_ID is not set"));
    }

    [TestCase(true, "(?m)^::error (file=config/local\\.json|line={0}|col=\\d+|,)+::config/local\\.json\\({0},")]
    [TestCase(false, "(?m)^##vso\\[task\\.logissue (sourcepath=/.*/config/local\\.json;|linenumber={0};|columnnumber=\\d+;|type=error;)+\\]config/")]
    public async Task A_mistake_of_the_configuration_stands_beside_its_line(bool isGitHub, string command)
    {
        await using var bench = new Workbench(config => config["rollout"]!["finalBake"] = "soon");
        var line = (await File.ReadAllLinesAsync(bench.ConfigPath)).ToList().FindIndex(text => text.Contains("\"soon\"", StringComparison.Ordinal)) + 1;
        var agent = new PipelineAgent(bench, isGitHub);

        var run = await agent.RunAsync("exec ./build.sh --target=Promote");

        Assert.That(run.ExitCode, Is.EqualTo(2), run.ToString());
        Assert.That(run.Error, Does.Match(command.Replace("{0}", $"{line}", StringComparison.Ordinal)));
        Assert.That(agent.TakeOutputs(run), Is.EquivalentTo(new Dictionary<string, string> { ["verdict"] = "failed", ["exit_code"] = "2" }));
        Assert.That(agent.Summary, Does.StartWith("## Promote: failed").And.Match(@"(?m)^- config/local\.json.*soon"));
        Assert.That(File.Exists(Path.Combine(bench.Folder, "artifacts", "summary.md")));
        Assert.That(run.Output, Is.Empty);
    }

    [Test]
    public async Task A_plan_for_programs_is_one_document_whatever_the_agent_is_told()
    {
        await using var bench = new Workbench();
        var agent = new PipelineAgent(bench, isGitHub: false);

        var run = await agent.RunAsync("exec ./build.sh --target=Plan --output=json --detailed-exit-code");

        Assert.That(run.ExitCode, Is.EqualTo(10), run.ToString());
        Assert.That((bool?)JObject.Parse(run.Output)["hasChanges"], Is.True);
        Assert.That(agent.TakeOutputs(run)["verdict"], Is.EqualTo("done"));
        Assert.That(run.Error, Does.Contain("##vso[task.uploadsummary]").And.Contain("##vso[task.setsecret]"));
    }

    /// <summary>Steps of minutes: a rehearsal's clock runs sixty times as fast.</summary>
    private static void Slowly(JObject config)
    {
        config["rollout"]!["steps"] = JArray.Parse("""[{ "weight": 10, "bake": "2m" }, { "weight": 50, "bake": "2m" }]""");
        config["rollout"]!["finalBake"] = "1m";
        config["rollout"]!["operationTimeout"] = "45m";
        config["rollout"]!["gate"]!["lookInterval"] = "20s";
        config["rollout"]!["gates"] = JArray.Parse("""[{ "drift": { "maximumDistance": 0.2 }, "observeOnly": true }]""");
    }

    /// <summary>The scripts of a pipeline that start the program, in order.</summary>
    private static List<string> Scripts(string path)
    {
        using var text = File.OpenText(Path.Combine(Repository.Root, path));
        var stream = new YamlStream();
        stream.Load(text);
        return stream.Documents.Single().AllNodes.OfType<YamlScalarNode>()
            .Select(node => node.Value!)
            .Where(value => value.Contains("./build.sh ", StringComparison.Ordinal))
            .ToList();
    }

    /// <summary>The scripts of the line alone.</summary>
    private static List<string> LineOf(string path) =>
        [.. Scripts(path).Where(script => script.Contains("--target=Plan", StringComparison.Ordinal) || script.Contains("--exclusive", StringComparison.Ordinal))];

    /// <summary>Brings a candidate up, stage by stage.</summary>
    /// <returns>The script of the stage that is next, its canary.</returns>
    private static async Task<string> BeginAsync(PipelineAgent agent, string path)
    {
        var line = LineOf(path);
        foreach (var script in line[1..5])
        {
            agent.TakeOutputs(await agent.RunAsync(script));
        }

        return line[5];
    }

    private static async Task SignalAsync(Process shell, string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, $"{shell.Id}"]);
        await kill.WaitForExitAsync();
    }

    private static bool IsRehearsal(string script) => script.Contains("--rehearse", StringComparison.Ordinal);

    private static string Unmasked(string error) => Mask().Replace(error, "");

    /// <summary>The outputs that the pipeline itself reads.</summary>
    private static IEnumerable<string> Used(string path) =>
        OutputUse().Matches(File.ReadAllText(Path.Combine(Repository.Root, path))).Select(match => match.Groups["name"].Value).Distinct();

    [GeneratedRegex(@"^(::add-mask::|##vso\[task\.setsecret\]).*$", RegexOptions.Multiline)]
    private static partial Regex Mask();

    [GeneratedRegex(@"steps\.run\.outputs\.(?<name>\w+)|outputs\['\w+\.run\.(?<name>\w+)'\]")]
    private static partial Regex OutputUse();
}
