using System.Buffers;
using System.Text;
using Sluice.Emulator;
using Sluice.Emulator.Scoring;
using Sluice.Emulator.Scoring.Mlflow;

namespace Sluice.Tests.EmulatorScoring;

/// <summary>A script that answers with its name and what it was sent, and that can be made to wait or to fail.</summary>
internal sealed class TestScript(string name) : IScoringScript
{
    private readonly ManualResetEventSlim _gate = new(initialState: true);
    private readonly SemaphoreSlim _entered = new(0);
    private int _runs;
    private int _running;
    private int _mostAtOnce;

    /// <summary>Requests that came so far.</summary>
    internal int Runs => Volatile.Read(ref _runs);

    /// <summary>The most requests that were in work together.</summary>
    internal int MostAtOnce => Volatile.Read(ref _mostAtOnce);

    /// <summary>Whether each request fails.</summary>
    internal bool Fails { get; set; }

    /// <summary>Whether it cannot be unloaded.</summary>
    internal bool FailsToEnd { get; init; }

    /// <summary>Makes the answer of the input, in the place of the usual one.</summary>
    internal Func<string, string>? Answers { get; set; }

    /// <summary>Whether the container has unloaded the script.</summary>
    internal bool IsDisposed { get; private set; }

    /// <summary>A container that serves it.</summary>
    internal ModelContainer Serve(Clocks clocks) => new(
        new DecoratedScript(this), Swagger.Of(sample: null, example: null, signature: null), new ContainerLog(clocks.Service), clocks);

    /// <summary>Keeps requests in work until <see cref="Release"/>.</summary>
    internal void Hold() => _gate.Reset();

    /// <summary>Lets requests finish.</summary>
    internal void Release() => _gate.Set();

    /// <summary>Waits until one more request has come in.</summary>
    internal async Task EnteredAsync() => Assert.That(await _entered.WaitAsync(TimeSpan.FromSeconds(30)), Is.True, "no request came in");

    public void Run(ReadOnlyMemory<byte> json, Cell inputData, Cell? parameters, PooledBuffer answer)
    {
        Interlocked.Increment(ref _runs);
        var running = Interlocked.Increment(ref _running);
        int most;
        while (running > (most = MostAtOnce))
        {
            Interlocked.CompareExchange(ref _mostAtOnce, running, most);
        }

        _entered.Release();
        _gate.Wait();
        Interlocked.Decrement(ref _running);
        if (Fails)
        {
            throw new InvalidOperationException("made to fail");
        }

        var input = Encoding.UTF8.GetString(inputData.Of(json.Span));
        answer.Write(Encoding.UTF8.GetBytes(Answers?.Invoke(input) ?? $"[\"{name}\", {input}]"));
    }

    public void Dispose()
    {
        IsDisposed = true;
        _gate.Set();
        if (FailsToEnd)
        {
            throw new InvalidOperationException("made to fail to end");
        }
    }
}
