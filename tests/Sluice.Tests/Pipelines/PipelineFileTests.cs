using System.Text.RegularExpressions;
using Sluice.CommandLine;
using YamlDotNet.RepresentationModel;

namespace Sluice.Tests.Pipelines;

/// <summary>The pipelines of the repository: those that build it, and those that its users start from.</summary>
[Category("Unit")]
internal sealed partial class PipelineFileTests
{
    private const string GitHubRollout = ".github/workflows/rollout.yml";
    private const string AzureRollout = ".azuredevops/rollout.yml";

    private static readonly IReadOnlyList<TargetInfo> Targets = TargetInfo.Of(typeof(Program).Assembly);
    private static readonly string[] Rollouts = [GitHubRollout, AzureRollout];
    private static readonly string[] Line = ["Plan", "Register", "Endpoint", "Blue", "Green", "Canary", "Promote", "Cleanup"];
    private static readonly string[] Beside = ["Rollback", "Approve", "Status"];
    private static readonly string[] Tasks = ["UseDotNet@2", "PublishTestResults@2", "AzureCLI@2", "Cache@2"];
    private static readonly string[] StepKinds = ["task", "bash", "script", "checkout", "publish"];
    private static readonly string[] StageKeys = ["stage", "displayName", "dependsOn", "condition", "jobs"];
    private static readonly string[] JobKeys =
        ["job", "deployment", "displayName", "environment", "timeoutInMinutes", "variables", "strategy", "steps"];

    private static readonly string[] StepKeys =
        [.. StepKinds, "name", "displayName", "condition", "continueOnError", "inputs", "env", "artifact"];

    private static IEnumerable<string> Files => new[] { ".github", ".azuredevops" }
        .SelectMany(folder => Directory.EnumerateFiles(Repository.File(folder), "*.yml", SearchOption.AllDirectories))
        .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Files))]
    public void Every_command_line_is_one_that_the_program_takes(string path)
    {
        var commands = Read(path).Scripts.SelectMany(script => script.CommandLines).ToList();

        foreach (var words in commands)
        {
            var line = CommandLineReader.Read(words, Targets, _ => null);
            Assert.That(line.Mistakes, Is.Empty, string.Join(' ', words));
            Assert.That(line.Given.Text(Arguments.Target), Is.Not.Null, string.Join(' ', words));
        }

        Assert.That(commands, Has.Count.GreaterThanOrEqualTo(Rollouts.Contains(path) ? 10 : 0));
    }

    [TestCaseSource(nameof(Files))]
    public void Every_script_that_is_called_is_there(string path)
    {
        var named = Read(path).Scripts.SelectMany(script => ScriptPath().Matches(script.Text)).Select(match => match.Groups["path"].Value);

        Assert.That(named.Where(each => !File.Exists(Repository.File(each))), Is.Empty);
    }

    /// <summary>What an expression gives would be run: a name such as <c>$(curl …)</c> comes by the environment, where it stays a name.</summary>
    [TestCaseSource(nameof(Files))]
    public void No_script_has_an_expression_in_it(string path) =>
        Assert.That(Read(path).Scripts.Where(script => Expression().IsMatch(script.Text)), Is.Empty);

    [TestCaseSource(nameof(Rollouts))]
    public void The_line_is_run_in_its_order_each_stage_alone(string path)
    {
        var commands = Read(path).Scripts.SelectMany(script => script.CommandLines).Where(words => !words.Contains("--rehearse")).ToList();
        var line = commands.Where(words => !Beside.Contains(words[0]["--target=".Length..])).ToList();

        Assert.That(line.Select(words => words[0]), Is.EqualTo(Line.Select(target => $"--target={target}")));
        Assert.That(line.Skip(1), Is.All.Contains("--exclusive"));
        Assert.That(commands, Is.All.Contains(path == GitHubRollout ? "--credential=workload-identity" : "--credential=azure-pipelines"));
        Assert.That(line.Where(words => words.Contains("--retry")).Select(words => words[0]), Is.EqualTo(new[] { "--target=Plan", "--target=Green" }));
    }

    [TestCaseSource(nameof(Rollouts))]
    public void What_a_person_may_do_beside_a_rollout_is_a_run_to_choose_and_does_nothing_else(string path)
    {
        var file = Read(path);
        var choice = file.Mappings().Single(each => PipelineFile.Text(each, "default") == "rollout");
        var commands = file.Scripts.SelectMany(script => script.CommandLines).ToList();

        Assert.That(
            PipelineFile.Texts(choice, path == GitHubRollout ? "options" : "values"),
            Is.EqualTo(Beside.Prepend("rollout").Append("drill")).IgnoreCase);
        Assert.That(
            commands.Where(words => Beside.Contains(words[0]["--target=".Length..])).Select(words => words[0]),
            Is.EqualTo(Beside.Select(target => $"--target={target}")));
    }

    /// <summary>To wait for a canary of hours would be no way back; a run of its own group waits for none.</summary>
    [Test]
    public void What_takes_a_rollout_back_waits_for_none_and_one_rollout_of_an_endpoint_waits_for_another()
    {
        var gitHub = Read(GitHubRollout).Root;
        var group = PipelineFile.Text((YamlMappingNode)gitHub["concurrency"], "group");
        var jobs = Read(AzureRollout).Mappings().Where(job => PipelineFile.Text(job, "job") is "Rollback" or "Status").ToList();

        Assert.That(group, Does.Contain("inputs.run == 'rollout' && format('rollout-{0}', inputs.endpoint-name || inputs.config)"));
        Assert.That(group, Does.EndWith("format('{0}-{1}', inputs.run, github.run_id) }}"));
        Assert.That(jobs, Has.Count.EqualTo(2));
        Assert.That(jobs.SelectMany(PipelineFile.Keys), Does.Not.Contain("environment"));
    }

    /// <summary>A step of AzureCLI@2 ends without a signal for what it has started, which would go on raising traffic.</summary>
    [Test]
    public void Azure_DevOps_runs_the_program_in_bash_after_a_step_that_says_whom_to_sign_in_as()
    {
        var jobs = Jobs(AzureRollout).Select(PipelineFile.Steps);

        var runs = jobs.SelectMany(steps => steps.Zip(steps.Skip(1))).Where(pair => PipelineFile.Text(pair.Second, "name") == "run").ToList();

        Assert.That(runs, Has.Count.EqualTo(Line.Length + Beside.Length));
        foreach (var (before, run) in runs)
        {
            using (Assert.EnterMultipleScope())
            {
                Assert.That(PipelineFile.Text(before, "task"), Is.EqualTo("AzureCLI@2"));
                Assert.That(PipelineFile.Text((YamlMappingNode)before["inputs"], "inlineScript"), Is.EqualTo("bash .ci/identity"));
                Assert.That(PipelineFile.Text(run, "bash"), Does.StartWith("exec ./build.sh "));
                Assert.That(PipelineFile.Text((YamlMappingNode)run["env"], "SYSTEM_ACCESSTOKEN"), Is.EqualTo("$(System.AccessToken)"));
            }
        }
    }

    /// <summary>A team's configuration may name registered versions, which a rehearsal can't have.</summary>
    [TestCaseSource(nameof(Rollouts))]
    public void The_drill_has_models_of_its_own_whatever_is_configured(string path)
    {
        var drill = Read(path).Mappings().Single(step => ((PipelineFile.Text(step, "run") ?? PipelineFile.Text(step, "bash")) is { } script)
            && script.Contains("--inject", StringComparison.Ordinal));
        var words = new PipelineScript((PipelineFile.Text(drill, "run") ?? PipelineFile.Text(drill, "bash"))!).CommandLines.Single();

        foreach (var ofDispatch in new[] { "SLUICE_ENDPOINT_NAME", "SLUICE_MODEL_VERSION", "SLUICE_STEPS" })
        {
            Assert.That(PipelineFile.Text((YamlMappingNode)drill["env"], ofDispatch), Is.Empty);
        }

        Assert.That(PipelineFile.Text((YamlMappingNode)drill["env"], "SLUICE_CONFIG"), Is.EqualTo("config/local.json"));
        foreach (var argument in new[] { "--model-path=", "--baseline-path=" })
        {
            var folder = words.Single(word => word.StartsWith(argument, StringComparison.Ordinal))[argument.Length..];
            Assert.That(File.Exists(Repository.File($"{folder}/MLmodel")), folder);
        }
    }

    [TestCaseSource(nameof(Rollouts))]
    public void The_verdict_shows_every_stage_of_the_line(string path)
    {
        var file = Read(path);
        var script = file.Scripts.Single(each => each.Text.Contains("TRAFFIC:-unknown", StringComparison.Ordinal)).Text;
        var verdict = path == GitHubRollout
            ? (YamlMappingNode)file.Root["jobs"]["verdict"]
            : file.Mappings().Single(stage => PipelineFile.Text(stage, "stage") == "Verdict");

        Assert.That(
            PipelineFile.Texts(verdict, path == GitHubRollout ? "needs" : "dependsOn"), Is.EqualTo(Line).IgnoreCase);
        Assert.That(Line.Where(stage => !script.Contains($"${stage.ToUpperInvariant()} |", StringComparison.Ordinal)
            && !script.Contains($"${{{stage.ToUpperInvariant()}:-none}} |", StringComparison.Ordinal)), Is.Empty);
    }

    [TestCase(GitHubRollout, "Deployment branches and tags")]
    [TestCase(AzureRollout, "Branch control")]
    public void The_top_says_which_right_is_needed_and_how_other_branches_are_kept_out(string path, string setting)
    {
        var top = string.Concat(File.ReadLines(Repository.File(path)).TakeWhile(line => line.StartsWith('#')));

        Assert.That(top, Does.Contain("AzureML Data Scientist").And.Contain(setting));
    }

    [Test]
    public void Both_pipelines_rehearse_and_drill_by_the_same_scripts()
    {
        string[] Scripts(string path) =>
            [.. Read(path).Scripts.Where(script => script.Text.Contains("--rehearse", StringComparison.Ordinal)).Select(script => script.Text.Trim())];

        Assert.That(Scripts(AzureRollout), Is.EqualTo(Scripts(GitHubRollout)).And.Length.EqualTo(2));
    }

    [TestCaseSource(nameof(Rollouts))]
    public void Each_variable_for_the_program_is_one_that_it_reads(string path)
    {
        var text = File.ReadAllText(Repository.File(path));
        var known = Arguments.All.Select(argument => argument.EnvironmentVariable).OfType<string>().ToList();

        var used = Variable().Matches(text).Select(match => match.Value).Distinct().ToList();

        Assert.That(used, Is.SubsetOf(known).And.Contains("SLUICE_CONFIG").And.Contains("SLUICE_MODEL_VERSION").And.Contains("SLUICE_STEPS"));
        Assert.That(text, Does.Contain("config/prod.json"));
        Assert.That(File.Exists(Repository.File("config/prod.json")));
    }

    [Test]
    public void Each_action_of_the_rollout_is_the_commit_that_the_build_uses()
    {
        var used = Jobs(GitHubRollout).SelectMany(PipelineFile.Steps).Select(step => PipelineFile.Text(step, "uses")).OfType<string>().Distinct().ToList();
        var built = Read(".github/workflows/ci.yml").Mappings().Select(step => PipelineFile.Text(step, "uses"));

        Assert.That(used, Is.Not.Empty.And.All.Match("@[0-9a-f]{40}$"));
        Assert.That(used.Where(action => !action.StartsWith("actions/cache@", StringComparison.Ordinal)), Is.SubsetOf(built));
    }

    [Test]
    public void Nobody_is_promoted_before_the_people_of_the_environment_were_asked()
    {
        var jobs = (YamlMappingNode)Read(GitHubRollout).Root["jobs"];
        var deployments = Read(AzureRollout).Mappings().Where(job => PipelineFile.Text(job, "deployment") is not null).ToList();

        Assert.That(PipelineFile.Text((YamlMappingNode)jobs["promote"], "environment"), Is.EqualTo("production"));
        Assert.That(
            PipelineFile.Text((YamlMappingNode)jobs["beside"], "environment"), Is.EqualTo("${{ inputs.run == 'approve' && 'production' || 'rollout' }}"));
        Assert.That(deployments, Has.Count.EqualTo(Line.Length + 1));
        Assert.That(
            deployments.Where(job => PipelineFile.Text(job, "environment") == "production").Select(job => PipelineFile.Text(job, "deployment")),
            Is.EqualTo(new[] { "Approve", "Promote" }));
    }

    /// <summary>A rollback must not wait for a package feed and a compiler.</summary>
    [TestCaseSource(nameof(Rollouts))]
    public void Each_job_that_runs_the_program_takes_the_build_of_an_earlier_one_over(string path)
    {
        var jobs = Jobs(path).Select(job => PipelineFile.Steps(job).ToList()).Where(steps => steps.Exists(RunsTheProgram)).ToList();

        Assert.That(jobs, Has.Count.EqualTo(path == GitHubRollout ? Line.Length + 3 : Line.Length + Beside.Length + 2));
        foreach (var steps in jobs)
        {
            var cache = steps.Single(step => (PipelineFile.Text(step, "uses") ?? PipelineFile.Text(step, "task") ?? "").Contains("cache@", StringComparison.OrdinalIgnoreCase));
            var inputs = (YamlMappingNode)cache[path == GitHubRollout ? "with" : "inputs"];
            using (Assert.EnterMultipleScope())
            {
                Assert.That(steps.IndexOf(cache), Is.LessThan(steps.FindIndex(RunsTheProgram)));
                Assert.That(PipelineFile.Text(inputs, "path"), Does.Contain(".sluice/host"));
                Assert.That(
                    PipelineFile.Text(inputs, "key"), Does.StartWith(PipelineFile.Text(inputs, path == GitHubRollout ? "restore-keys" : "restoreKeys")!.TrimEnd('-')));
            }
        }

        static bool RunsTheProgram(YamlMappingNode step) =>
            (PipelineFile.Text(step, "run") ?? PipelineFile.Text(step, "bash"))?.Contains("./build.sh", StringComparison.Ordinal) == true;
    }

    /// <summary>A second red step would hide the first.</summary>
    [Test]
    public void Where_nothing_was_left_to_keep_no_step_of_Azure_DevOps_fails_for_it()
    {
        var kept = Jobs(AzureRollout).SelectMany(PipelineFile.Steps).Where(step => PipelineFile.Text(step, "publish") is not null).ToList();

        Assert.That(kept, Is.Not.Empty);
        Assert.That(kept.Select(step => PipelineFile.Text(step, "continueOnError")), Is.All.EqualTo("true"));
    }

    /// <summary>No schema of Azure's is to be had as a package: what a misspelt key would do is found here.</summary>
    [Test]
    public void The_stages_of_Azure_DevOps_have_the_keys_and_the_order_that_it_takes()
    {
        var stages = ((YamlSequenceNode)Read(AzureRollout).Root["stages"]).Cast<YamlMappingNode>().ToList();
        var before = new List<string>();
        foreach (var stage in stages)
        {
            var name = PipelineFile.Text(stage, "stage")!;
            var jobs = ((YamlSequenceNode)stage["jobs"]).Cast<YamlMappingNode>().ToList();
            var steps = jobs.SelectMany(PipelineFile.Steps).ToList();
            using (Assert.EnterMultipleScope())
            {
                Assert.That(PipelineFile.Keys(stage), Is.SubsetOf(StageKeys), name);
                Assert.That(PipelineFile.Texts(stage, "dependsOn"), Is.SubsetOf(before), name);
                Assert.That(jobs.SelectMany(PipelineFile.Keys).Distinct(), Is.SubsetOf(JobKeys), name);
                Assert.That(jobs.Select(job => PipelineFile.Text(job, "timeoutInMinutes")), Is.All.Match(@"^\d+$"), name);
                Assert.That(steps.SelectMany(PipelineFile.Keys).Distinct(), Is.SubsetOf(StepKeys), name);
                Assert.That(steps.Select(step => PipelineFile.Keys(step).Count(StepKinds.Contains)), Is.All.EqualTo(1), name);
                Assert.That(steps.Select(step => PipelineFile.Text(step, "task")).OfType<string>(), Is.SubsetOf(Tasks), name);
            }

            before.Add(name);
        }

        Assert.That(before, Is.SupersetOf(Line).And.Unique);
    }

    /// <summary>Every job of a rollout, in the order of the file.</summary>
    private static IEnumerable<YamlMappingNode> Jobs(string path) => path == GitHubRollout
        ? ((YamlMappingNode)Read(path).Root["jobs"]).Children.Values.Cast<YamlMappingNode>()
        : ((YamlSequenceNode)Read(path).Root["stages"]).SelectMany(stage => (YamlSequenceNode)stage["jobs"]).Cast<YamlMappingNode>();

    private static PipelineFile Read(string path) => PipelineFile.Read(path);

    [GeneratedRegex(@"(?<path>(\./build|\.ci/)[\w.]+)")]
    private static partial Regex ScriptPath();

    [GeneratedRegex(@"\$\{\{|\$\[|\$\((?!System\.)[A-Za-z_.]+\)")]
    private static partial Regex Expression();

    [GeneratedRegex(@"SLUICE_[A-Z_]+")]
    private static partial Regex Variable();
}
