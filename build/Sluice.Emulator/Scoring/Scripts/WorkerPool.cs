using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Sluice.Emulator.Scoring.Scripts;

/// <summary>
/// The processes that run a container's script, those of all its instances. A request has one to itself while it runs, and a thread of its
/// own that waits for it; others wait without a thread until one is free. For several threads, of which one at a time changes the size.
/// </summary>
/// <param name="start">Starts a process and waits until its script is ready, unless it is to end before.</param>
internal sealed class WorkerPool(Func<CancellationToken, PythonWorker> start) : IDisposable
{
    /// <summary>Processes that run at most, whatever is asked for: each has a Python and a model of its own in the memory of one machine.</summary>
    internal const int Most = 16;

    private readonly Lock _lock = new();

    // Null is a place whose process has ended.
    private readonly Stack<PythonWorker?> _idle = new();
    private readonly SemaphoreSlim _free = new(0);
    private readonly CancellationTokenSource _abandoned = new();
    private int _places;
    private int _wanted;

    /// <summary>Starts processes until there are as many as wanted, all at once; or ends those that are too many, busy ones after their request.</summary>
    /// <param name="wanted">How many, 1 to <see cref="Most"/>.</param>
    /// <param name="cancellationToken">Ends processes that are being started; there are as many as before.</param>
    /// <exception cref="ScriptStartException">One did not come up; there are as many as before.</exception>
    public void Resize(int wanted, CancellationToken cancellationToken)
    {
        int before;
        int missing;
        lock (_lock)
        {
            // From here on a process that becomes free is kept if it is wanted now.
            before = _wanted;
            missing = Math.Max(wanted - _places, 0);
            _wanted = wanted;
            _places += missing;
        }

        try
        {
            foreach (var worker in StartAll(missing, cancellationToken))
            {
                PutIn(worker);
            }
        }
        catch
        {
            lock (_lock)
            {
                _wanted = before;
                _places -= missing;
            }

            throw;
        }
        finally
        {
            EndSurplus();
        }
    }

    /// <summary>Does something with a process, as soon as one is free.</summary>
    /// <param name="work">Gets the process, and says whether it lives on.</param>
    /// <exception cref="ScriptStartException">The process had ended, and another one did not come up.</exception>
    /// <exception cref="OperationCanceledException">The pool was abandoned before the process was there.</exception>
    public async Task RunAsync(Func<PythonWorker, bool> work)
    {
        await _free.WaitAsync(_abandoned.Token).ConfigureAwait(false);
        await OwnThread.RunAsync(() => Run(work)).ConfigureAwait(false);
    }

    /// <summary>Ends the processes that are in use or on their way, and sends away who waits for one.</summary>
    public void Abandon() => _abandoned.Cancel();

    /// <summary>Ends all processes. None is in use any more.</summary>
    public void Dispose()
    {
        End(_idle);
        _idle.Clear();
        _free.Dispose();
        _abandoned.Dispose();
    }

    private void Run(Func<PythonWorker, bool> work)
    {
        PythonWorker? worker;
        lock (_lock)
        {
            worker = _idle.Pop();
        }

        try
        {
            worker ??= start(_abandoned.Token);
            bool livesOn;
            using (_abandoned.Token.Register(worker.Kill))
            {
                livesOn = work(worker);
            }

            if (!livesOn)
            {
                worker.Dispose();
                worker = null;
            }
        }
        finally
        {
            GiveBack(worker);
        }
    }

    private void GiveBack(PythonWorker? worker)
    {
        lock (_lock)
        {
            if (_places <= _wanted)
            {
                PutIn(worker);
                return;
            }

            _places--;
        }

        worker?.Dispose();
    }

    private void PutIn(PythonWorker? worker)
    {
        lock (_lock)
        {
            _idle.Push(worker);
            _free.Release();
        }
    }

    private void EndSurplus()
    {
        List<PythonWorker?> ended = [];
        lock (_lock)
        {
            while (_places > _wanted && _free.Wait(0))
            {
                _places--;
                ended.Add(_idle.Pop());
            }
        }

        End(ended);
    }

    private ConcurrentQueue<PythonWorker> StartAll(int count, CancellationToken cancellationToken)
    {
        var started = new ConcurrentQueue<PythonWorker>();
        var failures = new ConcurrentQueue<Exception>();

        // On threads of their own, as an init() may take minutes.
        var threads = Enumerable.Range(0, count).Select(_ => new Thread(() =>
        {
            try
            {
                started.Enqueue(start(cancellationToken));
            }
            catch (Exception failure)
            {
                failures.Enqueue(failure);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        if (failures.TryPeek(out var first))
        {
            // One reason will do: the script is the same in all.
            End(started);
            ExceptionDispatchInfo.Throw(first);
        }

        return started;
    }

    // Each may take a while to end.
    private static void End(IEnumerable<PythonWorker?> workers) => Parallel.ForEach(workers, worker => worker?.Dispose());
}
