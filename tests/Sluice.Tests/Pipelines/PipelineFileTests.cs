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
    private static readonly string[] Tasks = ["UseDotNet@2", "PublishTestResults@2", "AzureCLI@2"];
    private static readonly string[] StepKinds = ["task", "bash", "script", "checkout", "publish"];
    private static readonly string[] StageKeys = ["stage", "displayName", "dependsOn", "condition", "jobs"];
    private static readonly string[] JobKeys =
        ["job", "deployment", "displayName", "environment", "timeoutInMinutes", "variables", "strategy", "steps"];

    private static readonly string[] StepKeys =
        [.. StepKinds, "name", "displayName", "condition", "inputs", "env", "artifact"];

    private static IEnumerable<string> Files => new[] { ".github/workflows", ".azuredevops" }
        .SelectMany(folder => Directory.EnumerateFiles(Repository.File(folder), "*.yml"))
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
        var line = Read(path).Scripts.SelectMany(script => script.CommandLines).Where(words => !words.Contains("--rehearse")).ToList();

        Assert.That(line.Select(words => words[0]), Is.EqualTo(Line.Select(target => $"--target={target}")));
        Assert.That(line.Skip(1), Is.All.Contains("--exclusive"));
        Assert.That(line, Is.All.Contains(path == GitHubRollout ? "--credential=workload-identity" : "--credential=azure-pipelines"));
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
        string[] Uses(string path) =>
            [.. Read(path).Mappings().Select(step => PipelineFile.Text(step, "uses")).OfType<string>().Distinct()];

        var used = Uses(GitHubRollout);

        Assert.That(used, Is.Not.Empty.And.All.Match("@[0-9a-f]{40}$"));
        Assert.That(used, Is.SubsetOf(Uses(".github/workflows/ci.yml")));
    }

    [Test]
    public void Nobody_is_promoted_before_the_people_of_the_environment_were_asked()
    {
        var jobs = (YamlMappingNode)Read(GitHubRollout).Root["jobs"];
        var deployments = Read(AzureRollout).Mappings().Where(job => PipelineFile.Text(job, "deployment") is not null).ToList();

        Assert.That(PipelineFile.Text((YamlMappingNode)jobs["promote"], "environment"), Is.EqualTo("production"));
        Assert.That(deployments, Has.Count.EqualTo(Line.Length));
        Assert.That(
            deployments.Where(job => PipelineFile.Text(job, "environment") == "production").Select(job => PipelineFile.Text(job, "deployment")),
            Is.EqualTo(new[] { "Promote" }));
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
            var steps = jobs.SelectMany(Steps).ToList();
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

    private static IEnumerable<YamlMappingNode> Steps(YamlMappingNode job)
    {
        var holder = PipelineFile.Text(job, "deployment") is null ? job : (YamlMappingNode)job["strategy"]["runOnce"]["deploy"];
        return ((YamlSequenceNode)holder["steps"]).Cast<YamlMappingNode>();
    }

    private static PipelineFile Read(string path) => PipelineFile.Read(path);

    [GeneratedRegex(@"(?<path>(\./build|\.ci/)[\w.]+)")]
    private static partial Regex ScriptPath();

    [GeneratedRegex(@"\$\{\{|\$\[|\$\((?!System\.)[A-Za-z_.]+\)")]
    private static partial Regex Expression();

    [GeneratedRegex(@"SLUICE_[A-Z_]+")]
    private static partial Regex Variable();
}
