using System.Collections.Immutable;
using Sluice.CommandLine;
using Sluice.Rollouts.Spec;
using Sluice.Tests.Spec;

namespace Sluice.Tests.CommandLine;

[Category("Unit")]
internal sealed class ParametersReaderTests
{
    private static readonly ImmutableArray<TargetInfo> Targets = TargetInfo.Of(typeof(Parameters).Assembly);

    [TestCase("--target=Test", ExpectedResult = "--settings_noreport=false --target=Test --verbosity=minimal")]
    [TestCase("--target=status", ExpectedResult = "--settings_noreport=true --target=Status --verbosity=minimal")]
    [TestCase("-t", "blue", "-e", "-v=Q", ExpectedResult = "--settings_noreport=false --target=Blue --verbosity=q --exclusive")]
    [TestCase("-t=blue", "--exclusive=false", ExpectedResult = "--settings_noreport=false --target=Blue --verbosity=minimal")]
    [TestCase("--whatif", "-t", "Promote", ExpectedResult = "--settings_noreport=false --target=Promote --verbosity=normal --dryrun")]
    [TestCase("--showtree", ExpectedResult = "--settings_noreport=true --target=Default --verbosity=minimal --tree")]
    [TestCase(
        "--target=Cleanup", "--delete-endpoint", "--yes", "--retain=1",
        ExpectedResult = "--settings_noreport=false --target=Cleanup --verbosity=minimal --exclusive",
        Description = "Sluice's own arguments do not reach the host, and deleting needs none of the line.")]
    public string The_host_is_handed_its_own_options_normalised(params string[] words)
    {
        var line = CommandLineReader.Read(words, Targets, _ => null);
        var parameters = new Parameters { Root = "/", Program = "./build.sh", Target = line.Target };

        return string.Join(' ', ParametersReader.ToHost(line, parameters));
    }

    [TestCase("--target=Promote", "--dryrun")]
    [TestCase("--target=Promote", "--tree")]
    [TestCase("--target=Test", null)]
    public void A_look_and_a_target_without_configuration_read_none(string first, string? second)
    {
        var (parameters, mistakes) = Read("/nowhere/at/all", [.. new[] { first, second }.OfType<string>()]);

        Assert.That(mistakes, Is.Empty);
        Assert.That(parameters, Has.Property("Spec").Null);
    }

    [Test]
    public void The_shipped_configuration_is_read_with_what_the_line_overrides()
    {
        var (parameters, mistakes) = Read(Repository.Root, "--target=Promote", "--steps=5,25", "--bake=1m", "--retain=3");

        Assert.That(mistakes, Is.Empty);
        Assert.That(parameters!.Spec!.Strategy.Steps.Select(step => step.Weight), Is.EqualTo(new[] { 5, 25 }));
        Assert.That(parameters.Stages, Has.Count.EqualTo(6));
    }

    [TestCase(7, "--target=Plan")]
    [TestCase(4, "--target=Plan", "--through=green")]
    [TestCase(1, "--target=Plan", "--through=Canary", "--exclusive")]
    public void A_plan_is_of_the_line_up_to_a_stage_and_runs_none_of_it(int stages, params string[] words)
    {
        var (parameters, mistakes) = Read(Repository.Root, words);

        Assert.That(mistakes, Is.Empty);
        Assert.That(parameters!.PlannedStages, Has.Count.EqualTo(stages));
        Assert.That(parameters.PlannedStages[^1], Is.EqualTo(parameters.Through));
        Assert.That(parameters.Stages, Is.Empty);
    }

    [Test]
    public void A_request_that_does_not_exist_or_is_a_folder_is_a_mistake_of_the_line()
    {
        var (parameters, missing) = Read(Repository.Root, "--target=Invoke", "--request-file=missing.json");
        var (_, folder) = Read(Repository.Root, "--target=Invoke", $"--request-file={Repository.Root}");

        Assert.That(parameters, Is.Null);
        Assert.That(missing, Is.EqualTo(new[] { $"--request-file is '{Path.GetFullPath("missing.json")}', which does not exist." }));
        Assert.That(folder, Is.EqualTo(new[]
        {
            $"--request-file is '{Repository.Root}', which is a folder; allowed: a file of 1 to 16777216 bytes.",
        }));
    }

    [Test]
    public void What_a_variable_says_wrongly_is_told_by_the_variables_name()
    {
        var (_, mistakes) = ReadWith(
            new() { ["SLUICE_ENDPOINT_NAME"] = "a_b", ["SLUICE_REQUEST_FILE"] = "missing.json" }, Repository.Root, "--target=Invoke");

        Assert.That(mistakes, Has.Length.EqualTo(2));
        Assert.That(mistakes[0], Does.StartWith("The environment variable SLUICE_REQUEST_FILE is '").And.EndWith("which does not exist."));
        Assert.That(mistakes[1], Does.StartWith("The environment variable SLUICE_ENDPOINT_NAME: The value is a_b; allowed: 3 to 32 letters"));
    }

    [Test]
    public void Two_variables_that_say_the_same_in_two_ways_are_both_named()
    {
        var (_, mistakes) = ReadWith(
            new() { ["SLUICE_MODEL_PATH"] = "x", ["SLUICE_MODEL_VERSION"] = "1" }, Repository.Root, "--target=Promote");

        Assert.That(mistakes, Is.EqualTo(new[]
        {
            "The environment variable SLUICE_MODEL_VERSION: It is given beside the environment variable SLUICE_MODEL_PATH; allowed: one of the two.",
        }));
    }

    [Test]
    public void A_mistake_of_the_line_does_not_hide_those_of_what_it_names_and_of_the_configuration()
    {
        var line = CommandLineReader.Read(
            ["--target=Invoke", "--retain=x", "--request-file=missing.json", "--endpoint-name=a_b"], Targets, _ => null);
        var mistakes = new List<string>();

        var parameters = new ParametersReader("./build.sh", Repository.Root).Read(line, mistake => mistakes.Add(mistake.Message), _ => { });

        Assert.That(parameters, Is.Null);
        Assert.That(line.Mistakes, Is.Not.Empty);
        Assert.That(mistakes, Has.Count.EqualTo(2));
        Assert.That(mistakes[0], Does.StartWith("--request-file is '"));
        Assert.That(mistakes[1], Does.StartWith("--endpoint-name: The value is a_b"));
    }

    [Test]
    public void A_mistake_of_the_line_alone_leaves_no_parameters()
    {
        var line = CommandLineReader.Read(["--target=Promote", "--retain=x"], Targets, _ => null);

        var parameters = new ParametersReader("./build.sh", Repository.Root).Read(line, mistake => Assert.Fail(mistake.Message), _ => { });

        Assert.That(parameters, Is.Null);
    }

    [Test]
    public void A_file_in_the_place_of_the_local_Azure_MLs_folder_is_a_mistake()
    {
        var file = Repository.File("README.md");

        var (parameters, mistakes) = Read(Repository.Root, "--target=Promote", $"--emulator-folder={file}");

        Assert.That(parameters, Is.Null);
        Assert.That(mistakes, Has.Length.EqualTo(1));
        Assert.That(mistakes[0], Does.StartWith("--emulator-folder: ").And.EndWith("README.md is a file; allowed: a folder, which need not exist."));
    }

    [Test]
    public void A_request_without_bytes_such_as_a_pipe_is_a_mistake_of_the_line()
    {
        var empty = Path.GetTempFileName();
        try
        {
            var (parameters, mistakes) = Read(Repository.Root, "--target=Invoke", $"--request-file={empty}");

            Assert.That(parameters, Is.Null);
            Assert.That(mistakes, Is.EqualTo(new[] { $"--request-file is '{empty}', which has 0 bytes; allowed: a file of 1 to 16777216 bytes." }));
        }
        finally
        {
            File.Delete(empty);
        }
    }

    [Test]
    public void A_configuration_that_does_not_exist_is_named()
    {
        var (parameters, mistakes) = Read(Repository.Root, "--target=Promote", "--config=missing.json");

        Assert.That(parameters, Is.Null);
        Assert.That(mistakes, Has.Some.Contains("missing.json"));
    }

    [Test]
    public void A_rehearsal_takes_a_real_environments_configuration_as_it_stands()
    {
        var (parameters, mistakes) = Read(
            "/checkout", "--target=Promote", $"--config={Repository.File("config/prod.json")}", "--rehearse", "--seed=7", "--inject=errors=0.1");

        Assert.That(mistakes, Is.Empty);
        var spec = parameters!.Spec!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(parameters.Rehearsal, Is.EqualTo(new RehearsalRun(60, 7, "errors=0.1")));
            Assert.That(spec.Workspace.Cloud, Is.EqualTo(Cloud.Local));
            Assert.That(
                spec.Emulator,
                Is.EqualTo(new EmulatorSpec(Path.Combine("/checkout", ".sluice", "rehearsal"), LatencyProfile.Azure, 1, 0, 7)
                {
                    Faults = """{"rules":[{"deployment":"*","probability":0.005,"fail":{"afterTraffic":"PT0S"}}]}""",
                    HasInjection = true,
                }));
            Assert.That(parameters.Injection?.Errors, Is.EqualTo(0.1));
            Assert.That(spec.Load, Is.EqualTo(new LoadSpec(500)));
            Assert.That(spec.Strategy.Steps.Select(step => step.Bake.TotalMinutes), Is.EqualTo(new[] { 10, 20, 30 }));
        }
    }

    [TestCase("999ms", false)]
    [TestCase("1s", true)]
    [TestCase("1h", true)]
    [TestCase("61m", false)]
    [TestCase("2000h", false)]
    public void A_watch_looks_every_second_at_most_and_every_hour_at_least(string interval, bool isAllowed)
    {
        var (parameters, mistakes) = Read(Repository.Root, "--target=Status", "--watch", $"--interval={interval}");

        Assert.That(parameters is not null, Is.EqualTo(isAllowed));
        Assert.That(mistakes, Is.EqualTo(isAllowed ? [] : new[] { $"--interval is '{interval}'; allowed: 1s to 1h." }));
    }

    [TestCase("0", null)]
    [TestCase("5", 5)]
    public void The_rate_of_the_callers_can_be_said(string rate, double? expected)
    {
        var (rehearsed, _) = Read(
            Repository.Root, "--target=Promote", $"--config={Repository.File("config/prod.json")}", "--rehearse", $"--load-rate={rate}");
        var (local, _) = Read(Repository.Root, "--target=Promote", $"--load-rate={rate}");

        Assert.That(rehearsed!.Spec!.Load?.RequestsPerSecond, Is.EqualTo(expected));
        Assert.That(local!.Spec!.Load?.RequestsPerSecond, Is.EqualTo(expected));
    }

    [Test]
    public void On_the_local_cloud_a_candidate_can_be_made_worse_without_a_rehearsal()
    {
        var (parameters, mistakes) = Read(Repository.Root, "--target=Promote", "--inject=drift=0.2");

        Assert.That(mistakes, Is.Empty);
        Assert.That(parameters!.Rehearsal, Is.Null);
        Assert.That(parameters.Injection?.Drift, Is.EqualTo(0.2));
        Assert.That(parameters.Spec!.Emulator!.HasInjection);
    }

    [TestCase("--inject=errors=0.1", "--inject is for the local Azure ML, and the configured cloud is AzureCloud; allowed: with --rehearse")]
    [TestCase("--load-rate=5", "--load-rate is for the local Azure ML, and the configured cloud is AzureCloud; allowed: with --rehearse")]
    [TestCase("--seed=5", "--seed is for the local Azure ML, and the configured cloud is AzureCloud; allowed: with --rehearse")]
    [TestCase("--latency=demo", "--latency is for the local Azure ML, and the configured cloud is AzureCloud; allowed: with workspace.cloud")]
    [TestCase("--time-scale=2", "--time-scale is for the local Azure ML, and the configured cloud is AzureCloud; allowed: with workspace.cloud")]
    [TestCase("--port=1", "--port is for the local Azure ML, and the configured cloud is AzureCloud; allowed: with workspace.cloud")]
    [TestCase("--emulator-folder=x", "--emulator-folder is for the local Azure ML, and the configured cloud is AzureCloud; allowed: with workspace.cloud")]
    public void What_is_for_the_local_Azure_ML_is_refused_on_a_real_one(string argument, string mistake)
    {
        var (parameters, mistakes) = Read(
            Repository.Root, "--target=Promote", $"--config={Repository.File("config/prod.json")}", argument, "--subscription=" + Guid.Empty,
            "--resource-group=group", "--workspace-name=workspace");

        Assert.That(parameters, Is.Null);
        Assert.That(mistakes, Has.Exactly(1).StartsWith(mistake));
    }

    [Test]
    public void Without_a_rehearsal_placeholders_stop_the_run()
    {
        var (parameters, mistakes) = Read(Repository.Root, "--target=Promote", $"--config={Repository.File("config/prod.json")}");

        Assert.That(parameters, Is.Null);
        Assert.That(mistakes, Has.Exactly(3).Contains("is not filled in yet"));
    }

    [Test]
    public void A_version_that_only_Azure_knows_can_not_be_rehearsed()
    {
        var (parameters, mistakes) = Read(
            Repository.Root, "--target=Promote", "--rehearse", "--model-version=7", "--baseline-path=azureml:heart-classifier:6");

        Assert.That(parameters, Is.Null);
        Assert.That(mistakes, Has.Exactly(2).Contains("which a rehearsal can't look up; allowed: a folder"));
    }

    [TestCase("--target=Promote")]
    [TestCase("--target=Green", "--exclusive")]
    [TestCase("--target=Plan")]
    [TestCase("--target=Promote", "--rehearse")]
    public void A_model_that_the_local_Azure_ML_can_not_serve_stops_the_run_before_it_begins(params string[] words)
    {
        using var folder = WithoutOnnx();

        var (parameters, mistakes) = Read(folder.Path, [.. words, $"--config={folder.File("local.json")}", $"--baseline-path={folder.File("model")}"]);

        Assert.That(parameters, Is.Null);
        Assert.That(mistakes, Is.EqualTo(new[]
        {
            $"{folder.File("model")} has the flavours sklearn, python_function, but not onnx, and the local Azure ML serves no other; allowed: a folder with "
                + "the flavour onnx, as mlflow.onnx.save_model writes it, or code_configuration in the deployment's file, for a scoring script.",
        }));
    }

    [TestCase("--target=Status")]
    [TestCase("--target=Doctor")]
    [TestCase("--target=Register")]
    [TestCase("--target=Plan", "--through=Register")]
    public void Such_a_model_is_in_the_way_of_nothing_else(params string[] words)
    {
        using var folder = WithoutOnnx();

        var (parameters, mistakes) = Read(folder.Path, [.. words, $"--config={folder.File("local.json")}"]);

        Assert.That(mistakes, Is.Empty);
        Assert.That(parameters, Is.Not.Null);
    }

    [Test]
    public void A_command_that_is_suggested_acts_where_the_run_did()
    {
        var (parameters, mistakes) = Read(
            Repository.Root, "--target=Promote", "--endpoint-name=heart-eu", "--retain=1", "--emulator-folder=it's here", "--model-name=heart");

        Assert.That(mistakes, Is.Empty);
        Assert.That(parameters!.CommandFor("Rollback"), Is.EqualTo(
            """./build.sh --target=Rollback --model-name=heart --endpoint-name=heart-eu --emulator-folder='it'\''s here'"""));
    }

    [Test]
    public void The_command_of_the_run_is_suggested_with_its_arguments_but_for_what_a_person_says_of_one_moment()
    {
        var (parameters, mistakes) = ReadWith(
            new() { ["SLUICE_RETAIN"] = "1", ["SLUICE_ENDPOINT_NAME"] = "heart-eu" },
            Repository.Root,
            "--bake=2m", "--target=Canary", "-e", "--retry", "--adopt", "--force-unlock", "--steps=5,25");

        Assert.That(mistakes, Is.Empty);
        Assert.That(parameters!.Commands.Again, Is.EqualTo("./build.sh --target=Canary --exclusive --endpoint-name=heart-eu --steps='5,25' --bake=2m --retry"));
        Assert.That(parameters.Commands.AgainWith("--retry"), Is.EqualTo(parameters.Commands.Again));
        Assert.That(parameters.Commands.AgainWith("--adopt"), Does.EndWith(" --retry --adopt"));
    }

    [Test]
    public void Variables_that_are_meant_for_the_local_Azure_ML_do_not_disturb_a_real_rollout()
    {
        var (parameters, mistakes) = ReadWith(
            new() { ["SLUICE_PORT"] = "1", ["SLUICE_EMULATOR_FOLDER"] = "x" },
            Repository.Root,
            "--target=Promote", $"--config={Repository.File("config/prod.json")}", "--subscription=" + Guid.Empty,
            "--resource-group=group", "--workspace-name=workspace");

        Assert.That(mistakes, Is.Empty);
        Assert.That(parameters!.CommandFor("Status"), Does.Not.Contain("--emulator-folder"));
        Assert.That(parameters.Commands.Again, Does.Not.Contain("--emulator-folder").And.Not.Contain("--port"));
    }

    private static SpecFolder WithoutOnnx()
    {
        var folder = new SpecFolder();
        folder.Replace("model/MLmodel", "  onnx:\n    code: null\n    data: model.onnx\n", "  sklearn:\n    pickled_model: model.onnx\n");
        return folder;
    }

    private static (Parameters? Parameters, string[] Mistakes) Read(string root, params string[] words) =>
        ReadWith([], root, words);

    private static (Parameters? Parameters, string[] Mistakes) ReadWith(
        Dictionary<string, string> variables, string root, params string[] words)
    {
        var line = CommandLineReader.Read(words, Targets, variables.GetValueOrDefault);
        Assert.That(line.Mistakes, Is.Empty);
        var mistakes = new List<string>();
        var parameters = new ParametersReader("./build.sh", root).Read(line, mistake => mistakes.Add(mistake.Message), _ => { });
        return (parameters, [.. mistakes]);
    }
}
