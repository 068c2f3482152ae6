using System.Diagnostics;
using System.Globalization;
using Sluice.IntegrationTests.Emulator;

namespace Sluice.IntegrationTests.EndToEnd;

/// <summary>Deployments with a scoring script and an environment of their own, from their files to the answers.</summary>
[Category("Integration")]
public sealed class ScoringScriptTests
{
    private const string Script = """
        import json
        import os

        from words import GREETING


        def init():
            global model
            folder = os.environ["AZUREML_MODEL_DIR"]
            with open(os.path.join(folder, os.listdir(folder)[0], "MLmodel")) as file:
                model = len(file.read())
            print(f"{GREETING}, model of {model} letters")


        def run(raw_data):
            names = json.loads(raw_data)["names"]
            return {"greetings": [f"{GREETING}, {name}" for name in names], "tone": os.environ["TONE"], "process": os.getpid()}
        """;

    [Test]
    public async Task A_model_with_a_script_and_a_described_environment_is_rolled_out_and_asked()
    {
        ScriptInterpreter.Require();
        await using var bench = WithScript();

        var rollout = await bench.RunAsync("--target=Promote");
        var again = await bench.RunAsync("--target=Promote");
        var answer = await bench.RunAsync("--target=Invoke");
        var log = await bench.RunAsync("--target=Logs", "--deployment-name=green-2");

        Assert.Multiple(() =>
        {
            Assert.That(rollout.ExitCode, Is.Zero, rollout.ToString());
            Assert.That(rollout.Output, Does.Contain("traffic    green-2 100 %").And.Match(@"requests   \d+ sent, 0 failed"));
            Assert.That(again.Output, Does.Contain("nothing to do"));
            Assert.That(answer.Output, Does.Contain("hello, Ada").And.Contain("friendly"), answer.ToString());
            Assert.That(log.Output, Does.Match(@"hello, model of \d+ letters"), log.ToString());
        });
    }

    [Test]
    public async Task A_script_that_fails_leaves_what_serves_as_it_is_and_shows_its_log()
    {
        ScriptInterpreter.Require();
        await using var bench = WithScript();
        await bench.RunAsync("--target=Blue");
        bench.Write(
            "config/code/score.py",
            Script.Replace("def run(raw_data):", "def run(raw_data):\n    raise KeyError('thal')", StringComparison.Ordinal));

        var green = await bench.RunAsync("--target=Green");

        Assert.That(green.ExitCode, Is.Not.Zero, green.ToString());
        Assert.That(green.ToString(), Does.Contain("424"));
        Assert.That(await bench.TrafficAsync(), Is.EqualTo("default=100"));
    }

    [Test]
    public async Task A_script_that_does_not_start_fails_its_deployment_with_Pythons_reason()
    {
        ScriptInterpreter.Require();
        await using var bench = WithScript();
        bench.Write("config/code/score.py", "import no_such_module\n");

        var blue = await bench.RunAsync("--target=Blue");

        Assert.That(blue.ExitCode, Is.EqualTo(1), blue.ToString());
        Assert.That(blue.ToString(), Does.Contain("ModuleNotFoundError: No module named 'no_such_module'"));
    }

    [Test]
    public async Task A_changed_script_makes_a_waiting_candidate_anew_when_a_person_wants_that_and_once()
    {
        ScriptInterpreter.Require();
        await using var bench = WithScript();
        await bench.RunAsync("--target=Green");
        bench.Write("config/code/words.py", "GREETING = 'good day'\n");

        var told = await bench.RunAsync("--target=Promote");
        var done = await bench.RunAsync("--target=Promote", "--retry");
        var again = await bench.RunAsync("--target=Promote");
        bench.Write("config/code/words.py", "GREETING = 'hello'\n");
        var status = await bench.RunAsync("--target=Status");
        var kept = await bench.RunAsync("--target=Plan", "--retry");
        var answer = await bench.RunAsync("--target=Invoke");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(told.ExitCode, Is.EqualTo(1), told.ToString());
            Assert.That(told.ToString(), Does.Contain("Deployment green-2 differs from the configuration in its code. --retry makes it anew."));
            Assert.That(done.ExitCode, Is.Zero, done.ToString());
            Assert.That(again.Output, Does.Contain("nothing to do"), again.ToString());
            Assert.That(status.Output, Does.Contain("Deployment green-2 differs from the configuration in its code. It stays as it is"), status.ToString());
            Assert.That(kept.Output, Does.Contain("It stays as it is").And.Not.Contain("delete deployment green-2"), kept.ToString());
            Assert.That(answer.Output, Does.Contain("good day, Ada"), answer.ToString());
        }
    }

    [Test]
    public async Task Without_Python_the_deployment_fails_and_says_what_to_do()
    {
        await using var bench = WithScript();
        await using var desk = new Desk();
        desk.Environment["PATH"] = desk.Folder;

        var doctor = await desk.RunAsync("--target=Doctor", $"--config={bench.ConfigPath}");
        var blue = await desk.RunAsync("--target=Blue", $"--config={bench.ConfigPath}");

        Assert.That(doctor.Output, Does.Match("(?m)^fail +python +There is no Python 3 on the PATH"), doctor.ToString());
        Assert.That(blue.ExitCode, Is.EqualTo(1), blue.ToString());
        Assert.That(blue.ToString(), Does.Contain("on the PATH").And.Contain("install Python 3"));
    }

    [Test]
    public async Task The_scripts_process_ends_when_the_local_Azure_ML_is_killed()
    {
        ScriptInterpreter.Require();
        await using var bench = WithScript();
        await bench.RunAsync("--target=Blue");
        var azure = bench.Start("--target=Emulator");
        await azure.WaitForOutputAsync("curl");
        var answer = await bench.RunAsync("--target=Invoke");
        var id = System.Text.RegularExpressions.Regex.Match(answer.Output, "\"process\": *(?<id>[0-9]+)").Groups["id"].Value;
        using var script = Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture));

        await azure.SignalAsync("KILL");

        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await script.WaitForExitAsync(limit.Token);
        Assert.That(script.HasExited);
    }

    [Test]
    public async Task A_rollout_on_Kubernetes_ends_as_one_on_managed_machines()
    {
        await using var bench = new Workbench();
        bench.Append("config/endpoint.yml", "compute: azureml:hospital-cluster\n");
        foreach (var file in new[] { "config/blue-deployment.yml", "config/green-deployment.yml" })
        {
            bench.Append(file, "type: kubernetes\nresources: {requests: {cpu: 500m, memory: 0.5Gi}}\n");
        }

        var rollout = await bench.RunAsync("--target=Promote");

        Assert.That(rollout.ExitCode, Is.Zero, rollout.ToString());
        Assert.That(await bench.TrafficAsync(), Is.EqualTo("green-2=100"));
    }

    /// <summary>A desk whose model is a custom one: nothing but the script knows what is in its folder.</summary>
    private static Workbench WithScript()
    {
        var bench = new Workbench(config => config["model"]!["type"] = "custom_model");
        bench.Write("config/code/score.py", Script);
        bench.Write("config/code/words.py", "GREETING = 'hello'\n");
        bench.Write("config/conda.yml", "name: scoring\ndependencies:\n  - python=3.10\n  - pip: [azureml-inference-server-http]\n");
        bench.Write("config/sample.json", """{ "names": ["Ada"] }""");
        bench.Write("config/requests.json", """[{ "names": ["Ada", "Grace"] }, { "names": [] }]""");
        foreach (var file in new[] { "config/blue-deployment.yml", "config/green-deployment.yml" })
        {
            bench.Append(file, """
                code_configuration:
                  code: code
                  scoring_script: score.py
                environment:
                  image: mcr.microsoft.com/azureml/minimal-ubuntu22.04-py39-cpu-inference:latest
                  conda_file: conda.yml
                environment_variables:
                  TONE: friendly

                """);
        }

        return bench;
    }
}
