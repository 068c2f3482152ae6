using System.Diagnostics;
using Sluice.Emulator;
using Sluice.Emulator.Scoring;
using Sluice.Emulator.Scoring.Scripts;

namespace Sluice.Tests.EmulatorScoring;

/// <summary>Scoring scripts in a real Python process, by the rules of azureml-inference-server-http.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class PythonScriptTests
{
    private const string Secret = "SLUICE_SCRIPT_TEST_SECRET";

    /// <summary>A request names itself and whom it waits for, and is answered with the process's id.</summary>
    private const string Meeting = """
        import os, time

        def init(): print("up in", os.getpid())

        def run(data):
            own, other = data.split()
            open("met-" + own, "w").close()
            while not os.path.exists("met-" + other):
                time.sleep(0.01)
            return os.getpid()
        """;

    private DirectoryInfo _folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        try
        {
            PythonInterpreter.Find(Environment.GetEnvironmentVariable("PATH"));
        }
        catch (ScriptStartException e)
        {
            Assert.Ignore($"Needs Python: {e.Message}");
        }

        _folder = Directory.CreateTempSubdirectory("sluice-script-");
    }

    [TearDown]
    public void RemoveFolder()
    {
        Environment.SetEnvironmentVariable(Secret, null);
        _folder?.Delete(recursive: true);
    }

    [Test]
    public async Task Run_gets_the_body_as_a_text_and_what_it_returns_becomes_the_answers_JSON()
    {
        await using var container = Start("""
            import json

            def init():
                global factor
                factor = 2

            def run(raw_data):
                return {"doubled": [factor * n for n in json.loads(raw_data)], "type": type(raw_data).__name__}
            """);

        using var answer = container.Send("POST", "score", "[1, 2.5]");

        Assert.That((answer.Status, answer.Text()), Is.EqualTo((200, """{"doubled": [2, 5.0], "type": "str"}""")));
        Assert.That(answer.Header("x-ms-run-function-failed"), Is.EqualTo("False"));
        Assert.That(answer.Header("x-ms-run-fn-exec-ms"), Does.Match(@"^\d+\.\d{3}$"));
    }

    [Test]
    public async Task Any_content_type_will_do_and_a_GET_brings_its_query_as_JSON()
    {
        await using var container = Start("def init(): pass\ndef run(data): return data");

        using var posted = container.Send("POST", "score", "plain", with: request => request with { ContentType = "text/plain" });
        using var got = container.Send("GET", "score", query: "?a=1&b=[1,2]&c=x&d=1&d=y");

        Assert.That(posted.Text(), Is.EqualTo("\"plain\""));
        Assert.That(
            System.Text.Json.JsonSerializer.Deserialize<string>(got.Text()), Is.EqualTo("""{"a":1,"b":[1,2],"c":"x","d":[1,"y"]}"""));
    }

    [Test]
    public async Task The_script_finds_its_model_its_code_and_the_deployments_variables_and_none_of_the_hosts()
    {
        Environment.SetEnvironmentVariable(Secret, "hidden");
        await using var container = Start(
            """
            import os
            from helper import word

            def init(): pass

            def run(data):
                names = ["AZUREML_MODEL_DIR", "AML_APP_ROOT", "AZUREML_ENTRY_SCRIPT", "GREETING", "SLUICE_SCRIPT_TEST_SECRET"]
                return [os.environ.get(name) for name in names] + [word]
            """,
            ("GREETING", "hello"));

        var (_, body) = container.Score("1");

        Assert.That(body, Is.EqualTo($"[\"/models/heart/1\", \"{_folder.FullName}\", \"score.py\", \"hello\", null, \"from beside\"]"));
    }

    [Test]
    public async Task A_run_that_throws_is_a_failed_run_whose_reason_only_the_log_tells()
    {
        await using var container = Start("def init(): pass\ndef run(data): return {}[data]");

        using var failed = container.Send("POST", "score", "age");
        using var next = container.Send("POST", "score", "sex");
        await container.DisposeAsync();

        Assert.That((failed.Status, failed.Text()), Is.EqualTo(
            (500, """{"message": "An unexpected error occurred in scoring script. Check the logs for more info."}""")));
        Assert.That(failed.Header("x-ms-run-function-failed"), Is.EqualTo("True"));
        Assert.That(container.Log, Does.Contain("KeyError: 'age'").And.Contain("KeyError: 'sex'"));
    }

    [Test]
    public async Task An_answer_that_JSON_cannot_say_is_the_servers_failure()
    {
        await using var container = Start("def init(): pass\ndef run(data): return {1, 2}");

        using var answer = container.Send("POST", "score", "1");

        Assert.That((answer.Status, answer.Text()), Is.EqualTo(
            (500, """{"message": "An unexpected internal error occurred. Check the logs for more info."}""")));
        Assert.That(answer.Header("x-ms-run-function-failed"), Is.EqualTo("False"));
        Assert.That(container.Log, Does.Contain("TypeError: Object of type set is not JSON serializable"));
    }

    [Test]
    public async Task A_body_that_is_no_UTF8_is_refused()
    {
        await using var container = Start("def init(): pass\ndef run(data): return data");

        using var answer = container.Send("POST", "score", [(byte)'a', 0xFF]);

        Assert.That((answer.Status, answer.Text()), Is.EqualTo(
            (400, """{"message": "Input cannot be decoded as UTF-8: 'utf-8' codec can't decode byte 0xff in position 1"}""")));
    }

    [Test]
    public async Task What_init_prints_is_in_the_log_as_soon_as_the_script_is_ready()
    {
        for (var start = 0; start < 10; start++)
        {
            await using var container = Start("""
                def init():
                    for line in range(2000): print("line", line)
                    print("the last one", end="")

                def run(data): return data
                """);

            Assert.That(container.Log, Does.Contain("line 1999").And.Contain("the last one"), $"start {start}");
            Assert.That(container.Log, Has.None.EqualTo('\u0004'), "the mark is no part of the log");
        }
    }

    [TestCase("import os\ndef init(): os.close(2)\ndef run(data): return data")]
    [TestCase("import sys\ndef init(): sys.stderr.close()\ndef run(data): return data")]
    public async Task A_script_that_closes_its_log_serves_all_the_same(string script)
    {
        await using var container = Start(script);

        using var answer = container.Send("POST", "score", "x");

        Assert.That((answer.Status, answer.Text()), Is.EqualTo((200, "\"x\"")));
    }

    [Test]
    public async Task What_the_script_prints_is_in_the_log_and_not_in_an_answer()
    {
        await using var container = Start("""
            import os, sys

            def init(): print("in init")

            def run(data):
                print("in run", data)
                print("to stderr", file=sys.stderr)
                os.system("echo from a child")
                return sys.stdin.read()
            """);

        var (_, body) = container.Score("7");
        await container.DisposeAsync();

        Assert.That(body, Is.EqualTo("\"\""));
        Assert.That(
            container.Log, Does.Contain("in init").And.Contain("in run 7").And.Contain("to stderr").And.Contain("from a child"));
    }

    [Test]
    public async Task The_headers_go_to_a_run_that_asks_for_them()
    {
        await using var container = Start("""
            def init(): pass
            def run(data, request_headers): return request_headers["X-Ms-Client-Request-Id"]
            """);

        using var answer = container.Send("POST", "score", "1", with: request => request with { ClientRequestId = "me-1" });

        Assert.That(answer.Text(), Is.EqualTo("\"me-1\""));
    }

    [Test]
    public async Task All_headers_go_to_the_script_but_the_one_with_the_key()
    {
        await using var container = Start("""
            def init(): pass
            def run(data, request_headers): return request_headers
            """);

        using var answer = container.Send("POST", "score", "1", with: request => request with
        {
            RequestId = "id-1",
            Headers = [KeyValuePair.Create("x-my-b3id", "a,b"), KeyValuePair.Create("X-REQUEST-ID", "theirs"), KeyValuePair.Create("host", "h")],
        });

        Assert.That(answer.Text(), Is.EqualTo(
            """{"X-My-B3Id": "a,b", "X-Request-Id": "id-1", "Host": "h", "Content-Type": "application/json"}"""));
    }

    [Test]
    public async Task A_run_that_returns_nothing_is_answered_with_an_empty_object()
    {
        await using var container = Start("def init(): pass\ndef run(data): pass");

        Assert.That(container.Score("1"), Is.EqualTo((200, "{}")));
    }

    /// <summary>Each request waits for the other one: where they had to come in turn, none would come to its end.</summary>
    [TestCase(2, null)]
    [TestCase(1, "2")]
    [CancelAfter(60_000)]
    public async Task As_many_requests_run_at_once_as_there_are_workers_of_all_instances(
        int instances, string? workers, CancellationToken cancellationToken)
    {
        await using var container = Start(Meeting, instances, workers is null ? [] : [("WORKER_COUNT", workers)]);

        var answers = await Task.WhenAll(MeetAsync(container, "a", "b"), MeetAsync(container, "b", "a")).WaitAsync(cancellationToken);

        Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(200), container.Log);
        Assert.That(answers[0].Body, Is.Not.EqualTo(answers[1].Body), "each in a process of its own");
        Assert.That(container.Log.Split("up in").Length - 1, Is.EqualTo(2), "all were up before the first request");
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_container_scales_up_and_down(CancellationToken cancellationToken)
    {
        await using var container = Start(Meeting);

        container.Scale(2, CancellationToken.None);
        var answers = await Task.WhenAll(MeetAsync(container, "a", "b"), MeetAsync(container, "b", "a")).WaitAsync(cancellationToken);
        container.Scale(1, CancellationToken.None);

        Assert.That(answers.Select(answer => answer.Status), Is.All.EqualTo(200), container.Log);
        var left = answers.Count(answer => IsRunning(int.Parse(answer.Body, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.That(left, Is.EqualTo(1));
        Assert.That(container.Score("c c").Status, Is.EqualTo(200));
    }

    [TestCase("40", "ask for 40 processes; here 16 run")]
    [TestCase("0", "WORKER_COUNT is '0'; expected is an integer of 1 or more.")]
    [TestCase("many", "WORKER_COUNT is 'many'")]
    public async Task Too_many_workers_and_none_are_put_right_and_the_log_says_so(string workers, string said)
    {
        await using var container = Start("def init(): pass\ndef run(data): return data", ("WORKER_COUNT", workers));

        Assert.That(container.Log, Does.Contain(said));
        Assert.That(container.Score("1").Status, Is.EqualTo(200));
    }

    [Test]
    public void When_one_of_several_processes_does_not_come_up_none_is_left()
    {
        var failure = Assert.Throws<ContainerStartException>(() => Start("""
            import os

            def init():
                with open("pids", "a") as pids: print(os.getpid(), file=pids)
                try:
                    os.mkdir("first")
                except FileExistsError:
                    raise RuntimeError("only one of us")

            def run(data): return data
            """,
            instances: 2))!;

        var pids = File.ReadAllLines(Path.Combine(_folder.FullName, "pids"));
        Assert.That(failure.Message, Is.EqualTo("RuntimeError: only one of us"));
        Assert.That(pids, Has.Length.EqualTo(2));
        Assert.That(pids.Count(pid => IsRunning(int.Parse(pid, System.Globalization.CultureInfo.InvariantCulture))), Is.Zero);
    }

    [Test]
    public async Task A_worker_that_dies_is_started_anew_for_the_next_request()
    {
        await using var container = Start("""
            import os

            def init(): pass

            def run(data):
                if data == "die":
                    os._exit(3)
                return os.getpid()
            """);

        var (_, before) = container.Score("1");
        var (died, _) = container.Score("die");
        var (status, after) = container.Score("1");

        Assert.That((died, status), Is.EqualTo((500, 200)));
        Assert.That(after, Is.Not.EqualTo(before));
    }

    [Test]
    public async Task The_process_ends_with_its_container()
    {
        await using var container = Start("import os\ndef init(): pass\ndef run(data): return os.getpid()");
        using var process = Process.GetProcessById(int.Parse(container.Score("1").Body, System.Globalization.CultureInfo.InvariantCulture));

        await container.DisposeAsync();

        Assert.That(process.WaitForExit(TimeSpan.FromSeconds(30)), Is.True);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task However_many_requests_wait_for_a_script_none_holds_the_thread_that_it_came_on(CancellationToken cancellationToken)
    {
        await using var container = Start("""
            import os, time

            def init(): pass

            def run(data):
                while not os.path.exists("go"):
                    time.sleep(0.01)
                return data
            """);

        // All come on this thread, and none can end before the last one is here.
        var requests = Enumerable.Range(0, 50).Select(_ => container.SendAsync("POST", "score", "x"u8.ToArray())).ToArray();
        var waiting = requests.Count(request => !request.IsCompleted);
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "go"), "", cancellationToken);
        var answers = await Task.WhenAll(requests).WaitAsync(cancellationToken);

        Assert.That(waiting, Is.EqualTo(50));
        Assert.That(answers.Select(answer => (answer.Status, answer.Text())), Is.All.EqualTo((200, "\"x\"")));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_container_that_ends_waits_neither_for_a_script_at_work_nor_for_requests_that_wait_for_it(CancellationToken cancellationToken)
    {
        await using var container = Start("""
            import os, time

            def init(): pass

            def run(data):
                with open("pid.part", "w") as file:
                    file.write(str(os.getpid()))
                os.rename("pid.part", "pid")
                while True:
                    time.sleep(0.02)
            """);
        var requests = Enumerable.Range(0, 3).Select(_ => container.SendAsync("POST", "score", "x"u8.ToArray())).ToArray();
        var file = Path.Combine(_folder.FullName, "pid");
        while (!File.Exists(file))
        {
            await Task.Delay(10, cancellationToken);
        }

        using var process = Process.GetProcessById(
            int.Parse(await File.ReadAllTextAsync(file, cancellationToken), System.Globalization.CultureInfo.InvariantCulture));
        await container.DisposeAsync().AsTask().WaitAsync(cancellationToken);

        Assert.That(process.HasExited, Is.True);
        Assert.That((await Task.WhenAll(requests)).Select(answer => answer.Status), Is.All.EqualTo(500));
    }

    [TestCase("def run(data): pass", "AttributeError: score.py does not have a init() function defined")]
    [TestCase("def init(): pass", "AttributeError: score.py does not have a run() function defined")]
    [TestCase("def init(): pass\ndef run(): pass", "TypeError: run() needs to accept an argument for input data")]
    [TestCase("def init(): pass\ndef run(*data): pass", "TypeError: run() cannot accept positional-only arguments, *args, or **kwargs")]
    [TestCase("import no_such_module", "ModuleNotFoundError: No module named 'no_such_module'")]
    [TestCase("def init(): open('/no/such/model')\ndef run(data): pass", "FileNotFoundError: [Errno 2] No such file or directory")]
    [TestCase("def init(:", "SyntaxError: invalid syntax")]
    [TestCase("import os\nos._exit(1)", "score.py: the Python process has ended before init() did.")]
    public void A_script_that_does_not_come_up_says_why_and_leaves_its_log(string script, string reason)
    {
        var failure = Assert.Throws<ContainerStartException>(() => Start(script))!;

        Assert.That(failure.Message, Does.StartWith(reason));
        Assert.That(failure.Log, Does.Contain(reason).And.Contain("Worker failed to boot."));
    }

    [Test]
    public void Without_Python_it_is_said_what_to_do() => Assert.That(
        () => PythonInterpreter.Find(_folder.FullName),
        Throws.TypeOf<ScriptStartException>().With.Message.Contains("on the PATH").And.Message.Contains("install Python 3"));

    private static Task<(int Status, string Body)> MeetAsync(ModelContainer container, string own, string other) =>
        Task.Run(() => container.Score($"{own} {other}"));

    private static bool IsRunning(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private ModelContainer Start(string script, params (string Name, string Value)[] variables) => Start(script, instances: 1, variables);

    private ModelContainer Start(string script, int instances, params (string Name, string Value)[] variables)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "score.py"), script);
        File.WriteAllText(Path.Combine(_folder.FullName, "helper.py"), "word = 'from beside'");
        return ModelContainer.Start(
            new ScriptLaunch(
                _folder.FullName,
                "score.py",
                "/models/heart/1",
                variables.ToDictionary(variable => variable.Name, variable => variable.Value),
                []),
            instances,
            Clocks.Both(TimeProvider.System),
            CancellationToken.None);
    }
}
