using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Sluice.Emulator;
using Sluice.Emulator.Arm;
using Sluice.Emulator.Blobs;
using Sluice.Emulator.Faults;
using Sluice.Emulator.Operations;
using Sluice.Emulator.Scoring.Scripts;
using Sluice.Emulator.Store;
using Sluice.Emulator.Workspaces;
using Sluice.Tests.AzureML;
using Sluice.Tests.EmulatorScoring;

namespace Sluice.Tests.Emulator;

/// <summary>Operations over a clock that stands still, with a real database in a folder of its own.</summary>
[Category("Unit")]
internal sealed class OperationRunnerTests
{
    private static readonly OperationError Failure = new("InternalServerError", "It broke.");

    /// <summary>Once the file <c>hold</c> is there, <c>init()</c> says in which process it runs, and does not end while it says so.</summary>
    private const string Holding = """
        import os, time

        def init():
            if os.path.exists("hold"):
                with open("pid.part", "w") as file:
                    file.write(str(os.getpid()))
                os.rename("pid.part", "pid")
                while os.path.exists("pid"):
                    time.sleep(0.02)

        def run(data): pass
        """;

    private string _folder = null!;
    private Database _database = null!;
    private ManualTime _time = null!;
    private LiveFaults _faults = null!;
    private RunningContainers _containers = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("sluice-operations-").FullName;
        _time = new ManualTime();
        _faults = new LiveFaults(seed: 1, _time);
        _database = Database.Open(Path.Combine(_folder, "state.db"), new Disk(_faults));
        _containers = new RunningContainers();
    }

    [TearDown]
    public async Task RemoveFolder()
    {
        await _containers.DisposeAsync();
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task An_operation_ends_when_it_is_due_and_not_before()
    {
        var store = new WorkspaceStore(_database);
        await using var runner = Runner(store);
        var operation = Create(store, LatencyProfile.Azure);
        runner.Run(operation);

        _time.Advance(TimeSpan.FromSeconds(20));
        var before = store.Current.FindOperation(operation.Id)!.Status;
        _time.Advance(TimeSpan.FromSeconds(0.7));
        var after = await EndAsync(store, operation.Id);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.EqualTo(OperationStatus.Running));
            Assert.That(after.Status, Is.EqualTo(OperationStatus.Succeeded));
            Assert.That(after.EndedAt, Is.EqualTo(Sample.Now + TimeSpan.FromSeconds(20.7)));
            Assert.That(store.Current.Heart().State, Is.EqualTo(ProvisioningState.Succeeded));
        }
    }

    [Test]
    public async Task An_operation_without_latency_has_ended_when_Run_returns()
    {
        var store = new WorkspaceStore(_database);
        await using var runner = Runner(store);
        var operation = Create(store, LatencyProfile.Instant);

        runner.Run(operation);

        Assert.That(store.Current.Heart().State, Is.EqualTo(ProvisioningState.Succeeded));
    }

    [Test]
    public async Task The_next_process_takes_up_what_was_running_and_ends_it_on_time()
    {
        var first = new WorkspaceStore(_database);
        var operation = Create(first, LatencyProfile.Azure);
        await using (var ended = Runner(first))
        {
            ended.Run(operation);
        }

        var second = new WorkspaceStore(_database);
        await using var runner = Runner(second);
        await runner.ResumeAsync(() => { });
        var taken = second.Current.Heart().State;
        _time.Advance(TimeSpan.FromSeconds(20.7));
        await EndAsync(second, operation.Id);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(taken, Is.EqualTo(ProvisioningState.Creating));
            Assert.That(new WorkspaceStore(_database).Current.Heart().State, Is.EqualTo(ProvisioningState.Succeeded));
        }
    }

    [Test]
    public async Task A_day_after_its_end_an_operation_is_forgotten()
    {
        var store = new WorkspaceStore(_database);
        await using var runner = Runner(store);
        runner.Run(Create(store, LatencyProfile.Instant));

        _time.Advance(TimeSpan.FromDays(1.1));
        await using var next = Runner(store);
        await next.ResumeAsync(() => { });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(store.Current.Operations, Is.Empty);
            Assert.That(store.Current.Endpoints, Has.Count.EqualTo(1));
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_day_after_its_end_an_operation_is_forgotten_in_a_process_that_runs_on_too(CancellationToken cancellationToken)
    {
        var store = new WorkspaceStore(_database);
        await using var runner = Runner(store);
        await runner.ResumeAsync(() => { });
        runner.Run(Create(store, LatencyProfile.Instant));

        _time.Advance(TimeSpan.FromDays(1.1));
        await UntilAsync(() => store.Current.Operations.IsEmpty, cancellationToken);

        Assert.That(new WorkspaceStore(_database).Current.Operations, Is.Empty);
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_disk_that_is_full_at_a_start_keeps_neither_the_other_deployments_nor_the_operations_from_being_taken_up(
        CancellationToken cancellationToken)
    {
        var store = new WorkspaceStore(_database);
        string[] names = ["blue", "green"];

        // Their code is not registered, so neither starts again.
        store.Update(_ => (names.Aggregate(Sample.Workspace([]), (state, name) => Deployed(state, name, Guid.NewGuid())), 0));
        var operation = Create(store, LatencyProfile.Azure, endpoint: "other");
        _faults.Replace(FaultReader.Read("""{ "rules": [{ "times": 1, "disk": { "state": "full" } }] }"""));
        await using var runner = Runner(store);
        int Failed() => names.Count(name => store.Current.Deployment(name).State == ProvisioningState.Failed);

        await runner.ResumeAsync(() => { });
        var atOnce = Failed();
        _time.Advance(TimeSpan.FromSeconds(1));
        await UntilAsync(() => Failed() == 2, cancellationToken);
        _time.Advance(TimeSpan.FromSeconds(20.7));
        var ended = await EndAsync(store, operation.Id);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(atOnce, Is.EqualTo(1));
            Assert.That(names.Select(name => store.Current.Deployment(name).Log), Is.All.Contains("score"));
            Assert.That(ended.Status, Is.EqualTo(OperationStatus.Succeeded));
        }
    }

    [Test]
    public async Task Starting_what_a_deployment_runs_is_work_that_takes_as_long_as_it_takes_and_the_operations_own_time_is_not()
    {
        var (store, code) = DeployScript();
        await File.WriteAllTextAsync(Path.Combine(code, "hold"), "");
        var work = new CountedWork();
        var runner = Runner(store, work.Begin);
        var resumed = runner.ResumeAsync(() => { });
        using var script = await ScriptAsync(code, resumed);
        var amid = work.UnderWay;
        await StopAsync(runner, code);
        var after = work.UnderWay;

        await using var waiting = Runner(store, work.Begin);
        waiting.Run(Create(store, LatencyProfile.Azure, endpoint: "other"));

        Assert.That((amid, after, work.UnderWay), Is.EqualTo((1, 0, 0)));
    }

    [Test]
    public void A_change_that_throws_leaves_store_and_database_as_they_were()
    {
        var store = new WorkspaceStore(_database);
        Create(store, LatencyProfile.Azure);
        var before = store.Current;

        Assert.Throws<RefusedException>(() => Create(store, LatencyProfile.Azure));

        Assert.That(store.Current, Is.SameAs(before));
    }

    [Test]
    public async Task An_operation_that_hangs_ends_later_and_well()
    {
        var store = new WorkspaceStore(_database);
        await using var runner = Runner(store);
        var operation = Create(store, LatencyProfile.Azure, new(OperationFaultKind.Hangs, TimeSpan.FromHours(1), Failure));
        runner.Run(operation);

        _time.Advance(TimeSpan.FromHours(1));
        var before = store.Current.FindOperation(operation.Id)!.Status;
        _time.Advance(TimeSpan.FromSeconds(20.7));
        var after = await EndAsync(store, operation.Id);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.EqualTo(OperationStatus.Running));
            Assert.That(after.Status, Is.EqualTo(OperationStatus.Succeeded));
        }
    }

    [TestCase("Fails", OperationStatus.Running, ProvisioningState.Failed, OperationStatus.Failed)]
    [TestCase("ShowsFailed", OperationStatus.Failed, ProvisioningState.Succeeded, OperationStatus.Failed)]
    [TestCase("ShowsSucceeded", OperationStatus.Succeeded, ProvisioningState.Failed, OperationStatus.Succeeded)]
    public async Task An_operations_end_and_what_is_shown_of_it_are_as_its_fault_says(
        string kind, object shownAtOnce, object state, object shownAtLast)
    {
        var store = new WorkspaceStore(_database);
        await using var runner = Runner(store);
        var fault = new OperationFault(Enum.Parse<OperationFaultKind>(kind), TimeSpan.Zero, Failure);
        var operation = Create(store, LatencyProfile.Azure, fault);
        runner.Run(operation);

        var atOnce = store.Current.FindOperation(operation.Id)!.Shown();
        var atOnceState = store.Current.Heart().State;
        _time.Advance(TimeSpan.FromSeconds(20.7));
        await EndAsync(store, operation.Id);
        var atLast = new WorkspaceStore(_database).Current.FindOperation(operation.Id)!.Shown();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(atOnce.Status, Is.EqualTo(shownAtOnce));
            Assert.That(atOnceState, Is.EqualTo(ProvisioningState.Creating));
            Assert.That(store.Current.Heart().State, Is.EqualTo(state));
            Assert.That(atLast.Status, Is.EqualTo(shownAtLast));
            Assert.That(atLast.Error, Is.EqualTo(atLast.Status == OperationStatus.Failed ? Failure : null));
        }
    }

    [TestCase("full")]
    [TestCase("readOnly")]
    public async Task An_operation_whose_end_a_disk_does_not_take_ends_when_the_disk_takes_it(string state)
    {
        var store = new WorkspaceStore(_database);
        await using var runner = Runner(store);
        var operation = Create(store, LatencyProfile.Azure);
        runner.Run(operation);
        _faults.Replace(FaultReader.Read($$$"""{ "rules": [{ "times": 2, "disk": { "state": "{{{state}}}" } }] }"""));

        _time.Advance(TimeSpan.FromSeconds(20.7));
        var onDisk = new WorkspaceStore(_database).Current.FindOperation(operation.Id)!.Status;
        _time.Advance(TimeSpan.FromSeconds(1));
        var between = store.Current.FindOperation(operation.Id)!.Status;
        _time.Advance(TimeSpan.FromSeconds(1));
        await EndAsync(store, operation.Id);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(onDisk, Is.EqualTo(OperationStatus.Running));
            Assert.That(between, Is.EqualTo(OperationStatus.Running));
            Assert.That(new WorkspaceStore(_database).Current.Heart().State, Is.EqualTo(ProvisioningState.Succeeded));
        }
    }

    [Test]
    public void A_change_that_the_disk_does_not_take_leaves_store_and_database_as_they_were()
    {
        var store = new WorkspaceStore(_database);
        var before = store.Current;
        _faults.Replace(FaultReader.Read("""{ "rules": [{ "disk": { "state": "full" } }] }"""));

        Assert.Throws<IOException>(() => Create(store, LatencyProfile.Azure));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(store.Current, Is.SameAs(before));
            Assert.That(new WorkspaceStore(_database).Current.Endpoints, Is.Empty);
        }
    }

    [Test]
    public async Task A_script_that_an_earlier_process_left_and_that_is_still_starting_ends_with_the_runner()
    {
        var (store, code) = DeployScript();
        await File.WriteAllTextAsync(Path.Combine(code, "hold"), "");
        var container = store.Current.Deployment("blue").Container;
        var runner = Runner(store);
        var resumed = runner.ResumeAsync(() => { });
        using var script = await ScriptAsync(code, resumed);

        await StopAsync(runner, code);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((script.HasExited, resumed.IsCanceled), Is.EqualTo((true, true)));
            Assert.That(store.Current.Deployment("blue").Container, Is.EqualTo(container));
        }
    }

    [Test]
    public async Task A_script_that_is_starting_for_one_more_instance_ends_with_the_runner_and_the_operation_stays()
    {
        var (store, code) = DeployScript();
        var runner = Runner(store);
        await runner.ResumeAsync(() => { });
        await File.WriteAllTextAsync(Path.Combine(code, "hold"), "");
        var operation = store.Update(state =>
        {
            var blue = state.Deployment("blue");
            var begun = state.Patch(state.Heart(), blue, blue.Content with { InstanceCount = 2 }, Sample.Start());
            return (begun.State, begun.Operation);
        });
        runner.Run(operation);
        using var script = await ScriptAsync(code, Task.Delay(Timeout.Infinite));

        await StopAsync(runner, code);

        Assert.That(
            (script.HasExited, store.Current.FindOperation(operation.Id)!.Status), Is.EqualTo((true, OperationStatus.Running)));
    }

    [Test]
    public void Scale_and_profile_make_the_duration()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(new OperationLatency(LatencyProfile.Instant, 5).Of(OperationKind.CreateDeployment), Is.EqualTo(TimeSpan.Zero));
            Assert.That(new OperationLatency(LatencyProfile.Azure, 0.5).Of(OperationKind.CreateDeployment), Is.EqualTo(TimeSpan.FromSeconds(153)));
        }
    }

    private static Operation Create(WorkspaceStore store, LatencyProfile profile, OperationFault? fault = null, string endpoint = "heart") => store.Update(state =>
    {
        var start = new OperationStart(Guid.NewGuid(), Sample.Now, new OperationLatency(profile, 1), () => fault);
        var begun = state.Put(endpoint, Sample.Endpoint(), new NewEndpoint(Guid.NewGuid(), new EndpointKeys("one", "two")), start);
        return (begun.State, begun.Operation);
    });

    private static async Task<Operation> EndAsync(WorkspaceStore store, Guid id)
    {
        while (store.Current.FindOperation(id) is { Status: OperationStatus.Running })
        {
            await Task.Yield();
        }

        return store.Current.FindOperation(id)!;
    }

    private static async Task UntilAsync(Func<bool> holds, CancellationToken cancellationToken)
    {
        while (!holds())
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task StopAsync(OperationRunner runner, string code)
    {
        try
        {
            await runner.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        }
        finally
        {
            // A script that holds on, which it must not, would keep its container from ending.
            File.Delete(Path.Combine(code, "pid"));
        }
    }

    /// <summary>The process of a script whose <c>init()</c> holds, as soon as it does.</summary>
    private static async Task<Process> ScriptAsync(string code, Task starting)
    {
        var file = Path.Combine(code, "pid");
        while (!File.Exists(file))
        {
            Assert.That(starting.IsCompleted, Is.False, "The script did not start.");
            await Task.Yield();
        }

        return Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(file), CultureInfo.InvariantCulture));
    }

    /// <summary>A workspace whose deployment <c>blue</c> has run <see cref="Holding"/> in an earlier process, and the folder of that script.</summary>
    private (WorkspaceStore Store, string Code) DeployScript()
    {
        if (PythonInterpreter.TryFind(Environment.GetEnvironmentVariable("PATH")) is null)
        {
            Assert.Ignore("Needs Python.");
        }

        const string uri = "azureml://datastores/workspaceblobstore/paths/code";
        var container = Guid.NewGuid();
        var folder = Path.Combine(_folder, "containers", container.ToString("N"));
        var code = Directory.CreateDirectory(Path.Combine(folder, "code")).FullName;
        File.WriteAllText(Path.Combine(code, "score.py"), Holding);
        File.WriteAllText(Path.Combine(folder, "complete"), $"\n{uri}");

        var version = new AssetVersion("score", "1", IsArchived: false, JsonSerializer.SerializeToElement(new { codeUri = uri }), Sample.Now, Sample.Now);
        var store = new WorkspaceStore(_database);
        store.Update(_ =>
        {
            var state = Sample.Workspace([]);
            return (Deployed(state with { Codes = state.Codes.SetItem(version.Key, version) }, "blue", container), 0);
        });
        return (store, code);
    }

    /// <summary>A workspace with a deployment whose container has run <c>score.py</c> of the code <c>score</c> in an earlier process.</summary>
    private static WorkspaceState Deployed(WorkspaceState state, string name, Guid container)
    {
        var content = DeploymentReader.Read(Sample.Json(new
        {
            location = "westeurope",
            properties = new
            {
                endpointComputeType = "Managed",
                instanceType = "Standard_DS2_v2",
                codeConfiguration = new { codeId = "azureml:score:1", scoringScript = "score.py" },
            },
            sku = new { capacity = 1 },
        }));
        var begun = state.Put(state.Heart(), name, content, Sample.Start());
        return begun.State.Complete(begun.Operation, OperationOutcome.Started(container), Sample.Now);
    }

    private OperationRunner Runner(WorkspaceStore store, Func<IDisposable>? beginWork = null)
    {
        var clocks = Clocks.Both(_time) with { BeginWork = beginWork };
        var settings = new StarterSettings(Path.Combine(_folder, "containers"), [], "workspaceblobstore", "models", "account", CoreLimit: 100, clocks);
        var starter = new DeploymentStarter(store, new BlobStore(_database, Path.Combine(_folder, "blobs"), new Disk(_faults)), _containers, settings);
        return new OperationRunner(store, starter, _containers, clocks);
    }
}
