using System.Collections.Concurrent;
using Sluice.Emulator.Scoring;
using Sluice.Emulator.Scoring.Scripts;

namespace Sluice.Tests.EmulatorScoring;

/// <summary>The size of a pool, with Python processes in which nothing happens.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class WorkerPoolTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private DirectoryInfo _folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        if (PythonInterpreter.TryFind(Environment.GetEnvironmentVariable("PATH")) is null)
        {
            Assert.Ignore("Needs Python.");
        }

        _folder = Directory.CreateTempSubdirectory("sluice-workers-");
        File.WriteAllText(Path.Combine(_folder.FullName, "score.py"), "def init(): pass\ndef run(data): pass");
    }

    [TearDown]
    public void RemoveFolder() => _folder?.Delete(recursive: true);

    [Test]
    public async Task Processes_that_become_free_while_more_are_being_started_are_kept_when_they_are_wanted_again()
    {
        var whileStarting = () => { };
        using var pool = new WorkerPool(_ =>
        {
            whileStarting();
            return Start();
        });
        pool.Resize(2, CancellationToken.None);
        using var busy = new CountdownEvent(2);
        using var done = new ManualResetEventSlim();
        var requests = Enumerable.Range(0, 2).Select(_ => pool.RunAsync(_ =>
        {
            busy.Signal();
            done.Wait();
            return true;
        })).ToArray();
        Assert.That(busy.Wait(Patience), Is.True);
        pool.Resize(1, CancellationToken.None);

        whileStarting = () =>
        {
            done.Set();
            Task.WaitAll(requests);
        };
        pool.Resize(3, CancellationToken.None);

        Assert.That(await RunTogetherAsync(pool, 3), Is.True);
    }

    [Test]
    public async Task Where_none_can_be_started_there_are_as_many_as_before()
    {
        var fails = false;
        using var pool = new WorkerPool(_ => fails ? throw new ScriptStartException("made to fail") : Start());
        pool.Resize(2, CancellationToken.None);

        fails = true;
        Assert.Throws<ScriptStartException>(() => pool.Resize(4, CancellationToken.None));

        Assert.That(await RunTogetherAsync(pool, 2), Is.True);
    }

    [Test]
    public async Task Neither_a_request_that_waits_nor_one_that_is_at_work_holds_a_thread_of_the_pool()
    {
        var areThePools = new ConcurrentQueue<bool>();
        using var pool = new WorkerPool(_ =>
        {
            areThePools.Enqueue(Thread.CurrentThread.IsThreadPoolThread);
            return Start();
        });
        pool.Resize(2, CancellationToken.None);
        using var done = new ManualResetEventSlim();

        // All come on this thread: one that held it would be the last.
        var requests = Enumerable.Range(0, 50).Select(_ => pool.RunAsync(_ =>
        {
            areThePools.Enqueue(Thread.CurrentThread.IsThreadPoolThread);
            done.Wait();
            return true;
        })).ToArray();
        var waiting = requests.Count(request => !request.IsCompleted);
        done.Set();
        await Task.WhenAll(requests).WaitAsync(Patience);

        Assert.That(waiting, Is.EqualTo(50));
        Assert.That(areThePools, Has.Count.EqualTo(52).And.All.False);
    }

    /// <summary>Whether so many requests can be in work at once: each waits for all.</summary>
    private static async Task<bool> RunTogetherAsync(WorkerPool pool, int count)
    {
        using var all = new CountdownEvent(count);
        var met = await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
        {
            var together = false;
            await pool.RunAsync(_ =>
            {
                all.Signal();
                return together = all.Wait(Patience);
            });
            return together;
        }));
        return met.All(together => together);
    }

    private PythonWorker Start() => PythonWorker.Start(
        new ScriptLaunch(_folder.FullName, "score.py", null, new Dictionary<string, string>(), []), new ContainerLog(TimeProvider.System));
}
