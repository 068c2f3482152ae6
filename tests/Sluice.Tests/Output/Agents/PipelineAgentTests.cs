using Sluice.Output.Agents;

namespace Sluice.Tests.Output.Agents;

/// <summary>What the agents are told, byte by byte: nothing that comes from elsewhere can end a command, or begin one.</summary>
[Category("Unit")]
internal sealed class PipelineAgentTests
{
    private const string Hostile = "100 % {0} of\r\n::set-env name=x::y\n##vso[task.setvariable variable=x]y;z]";

    private StringWriter _log = null!;
    private StringWriter _commands = null!;
    private DirectoryInfo _folder = null!;

    [SetUp]
    public void Begin()
    {
        (_log, _commands) = (new(), new());
        _folder = Directory.CreateTempSubdirectory("sluice-agent-");
    }

    [TearDown]
    public void End()
    {
        _log.Dispose();
        _commands.Dispose();
        _folder.Delete(recursive: true);
    }

    [Test]
    public void A_mistake_stands_beside_its_line_of_the_repository_on_GitHub()
    {
        GitHub().Error(new("wrong", Path.Combine(_folder.FullName, "config", "a,b.json"), 12, 5));

        Assert.That(Commands(), Does.Match("^::error (file=config/a%2Cb.json|line=12|col=5|,)+::wrong$"));
    }

    [Test]
    public void A_file_outside_the_repository_has_no_line_there()
    {
        GitHub().Warning(new("wrong", Path.Combine(Path.GetTempPath(), "other.json"), 12, 5));

        Assert.That(Commands(), Is.EqualTo("::warning::wrong"));
    }

    [Test]
    public void A_mistake_stands_beside_its_line_on_Azure_DevOps_by_its_absolute_path()
    {
        Azure().Error(new("wrong", "/src/a;b].json", 12, 5));

        Assert.That(Commands(), Does.Match(@"^##vso\[task\.logissue (sourcepath=/src/a%3Bb%5D\.json;|linenumber=12;|columnnumber=5;|type=error;)+\]wrong$"));
    }

    [Test]
    public void Hostile_words_stay_words()
    {
        GitHub().Error(new(Hostile));
        GitHub().Warning(new(Hostile));
        Azure().Error(new(Hostile));
        Azure().Warning(new(Hostile));
        Azure().SetOutputs([new("x", Hostile)]);

        var lines = Commands().Split('\n');
        Assert.That(lines, Has.Length.EqualTo(5));
        Assert.That(lines[0], Does.StartWith("::error::100 %25 {0} of%0D%0A::set-env"));
        Assert.That(lines[2], Does.StartWith("##vso[task.logissue type=error;]100 %AZP25 {0} of%0D%0A::set-env"));
        Assert.That(lines[4], Does.StartWith("##vso[task.setvariable variable=x;isOutput=true;]100 %AZP25 {0} of%0D%0A"));
    }

    [Test]
    public void An_output_holds_its_lines_and_sets_no_other_one()
    {
        GitHub().SetOutputs([new("one", "1"), new("two", "a\nthree<<EOF\n3\nEOF\nb")]);

        var lines = File.ReadAllLines(OutputFile);
        var limits = new[] { lines[0], lines[3] }.Select(line => line.Split("<<")[1]).ToList();
        Assert.That(limits, Is.Unique);
        Assert.That(lines, Is.EqualTo(new[]
        {
            $"one<<{limits[0]}", "1", limits[0], $"two<<{limits[1]}", "a", "three<<EOF", "3", "EOF", "b", limits[1],
        }));
        Assert.That(Commands(), Is.Empty);
    }

    [Test]
    public void Groups_go_where_the_log_goes()
    {
        foreach (var agent in new[] { GitHub(), Azure() })
        {
            agent.BeginGroup("Canary");
            agent.EndGroup();
        }

        Assert.That(
            _log.ToString().ReplaceLineEndings("\n"), Is.EqualTo("::group::Canary\n::endgroup::\n##[group]Canary\n##[endgroup]\n"));
        Assert.That(Commands(), Is.Empty);
    }

    [Test]
    public void A_summary_is_added_to_what_others_wrote_and_on_Azure_DevOps_is_a_file_of_its_own()
    {
        var file = Path.Combine(_folder.FullName, "summary.md");
        File.WriteAllText(file, "## Canary: done\n");

        GitHub().Summarize("Green", file);
        GitHub().Summarize("Canary", file);
        Azure().Summarize("Canary", file);

        var own = Path.Combine(_folder.FullName, "summary-canary.md");
        Assert.That(File.ReadAllText(SummaryFile).Split("## Canary: done\n"), Has.Length.EqualTo(3));
        Assert.That(Commands(), Is.EqualTo($"##vso[task.uploadsummary]{own}"));
        Assert.That(File.ReadAllText(own), Is.EqualTo("## Canary: done\n"));
    }

    [Test]
    public void An_agent_without_the_files_is_told_nothing_by_them()
    {
        var agent = PipelineAgents.Of(AgentKind.GitHub, new AgentEnvironment(new Dictionary<string, string>()), _log, _commands);
        var file = Path.Combine(_folder.FullName, "summary.md");

        agent.SetOutputs([new("one", "1")]);
        agent.Summarize("Canary", file);
        agent.Error(new("wrong", file, 1, 1));

        Assert.That(Commands(), Is.EqualTo("::error::wrong"));
    }

    private string OutputFile => Path.Combine(_folder.FullName, "output");

    private string SummaryFile => Path.Combine(_folder.FullName, "step-summary");

    private string Commands() => _commands.ToString().ReplaceLineEndings("\n").TrimEnd('\n');

    private IPipelineAgent GitHub() => PipelineAgents.Of(
        AgentKind.GitHub,
        new AgentEnvironment(new Dictionary<string, string>
        {
            ["GITHUB_ACTIONS"] = "true",
            ["GITHUB_WORKSPACE"] = _folder.FullName,
            ["GITHUB_OUTPUT"] = OutputFile,
            ["GITHUB_STEP_SUMMARY"] = SummaryFile,
        }),
        _log,
        _commands);

    private IPipelineAgent Azure() =>
        PipelineAgents.Of(AgentKind.AzureDevOps, new AgentEnvironment(new Dictionary<string, string> { ["TF_BUILD"] = "True" }), _log, _commands);
}
