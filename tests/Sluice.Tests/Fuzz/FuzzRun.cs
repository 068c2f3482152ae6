using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Sluice.Tests.Fuzz;

/// <summary>Gives a reader one input after the other, and says of each that goes wrong how to see it again.</summary>
/// <param name="target">What is read, as the figures name it.</param>
/// <param name="make">Makes an input.</param>
/// <param name="read">Reads it, and throws when the reader did what it must not.</param>
internal sealed class FuzzRun<TInput>(string target, Func<Random, TInput> make, Func<TInput, Task<Reach>> read)
    where TInput : notnull
{
    /// <summary>Far longer than any input takes on a busy machine: who is not done by then never will be.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private const int MostFailures = 20;
    private const int LongestShown = 3000;
    private const int EnoughForShares = 500;

    private readonly FuzzPlan _plan = FuzzPlan.OfEnvironment();
    private readonly Dictionary<string, string> _failures = [];
    private readonly int[] _reached = new int[Enum.GetValues<Reach>().Length];
    private volatile Attempt? _current;

    /// <summary>A reader that waits for nothing.</summary>
    public FuzzRun(string target, Func<Random, TInput> make, Func<TInput, Reach> read)
        : this(target, make, input => Task.FromResult(read(input)))
    {
    }

    /// <summary>Tries what the environment asks for.</summary>
    /// <param name="leastRead">
    /// The share of inputs that must get past the reader's parser. A generator whose inputs all fail at the first byte tests nothing.
    /// </param>
    public async Task RunAsync(double leastRead)
    {
        // Said before anything is tried, for an input that ends the whole process.
        await TestContext.Progress.WriteLineAsync($"{target}: seed {_plan.Seed}");
        var started = Stopwatch.GetTimestamp();
        var work = Task.Run(TryAllAsync);
        await WatchAsync(work);
        var elapsed = Stopwatch.GetElapsedTime(started);
        var done = _reached.Sum();
        var figures = $"fuzzed: {target}: {_plan.Inputs} inputs of seed {_plan.Seed} in " + FormattableString.Invariant(
            $"{elapsed.TotalSeconds:0.0} s, accepted {Share(Reach.Accepted):P1}, refused for what it says {Share(Reach.Judged):P1}, ")
            + FormattableString.Invariant($"for its form {Share(Reach.Unparsed):P1}, failures {_failures.Count}");
        TestContext.Out.WriteLine(figures);
        if (_failures.Count > 0)
        {
            Assert.Fail($"{figures}\n{string.Join("\n\n", _failures.Values)}\n");
        }

        if (_plan.Inputs >= EnoughForShares)
        {
            Assert.That(1 - Share(Reach.Unparsed), Is.AtLeast(leastRead), figures);
        }

        double Share(Reach reach) => done == 0 ? 0 : (double)_reached[(int)reach] / done;
    }

    private async Task TryAllAsync()
    {
        for (var index = _plan.First; index < _plan.First + _plan.Inputs && _failures.Count < MostFailures; index++)
        {
            var input = make(_plan.RandomOf(index));
            _current = new Attempt(index, input);
            try
            {
                _reached[(int)await read(input)]++;
            }
            catch (Exception error)
            {
                _failures.TryAdd(KindOf(error), $"{Shown(_current)}\n{error}");
            }
        }
    }

    /// <summary>Ends when the work does, or when one input has not been read for so long that it never will be.</summary>
    private async Task WatchAsync(Task work)
    {
        Attempt? seen = null;
        while (await Task.WhenAny(work, Task.Delay(Patience)) != work)
        {
            var current = _current;
            if (current is not null && ReferenceEquals(current, seen))
            {
                Assert.Fail($"The reader hangs: it was not done after {Patience.TotalSeconds:0} s. {Shown(current)}");
            }

            seen = current;
        }

        await work;
    }

    private string Shown(Attempt attempt) =>
        $"Input {attempt.Index} of {target}; to see it again: {FuzzPlan.SeedVariable}={_plan.Seed} "
        + $"{FuzzPlan.InputVariable}={attempt.Index}\n"
        + Escaped(attempt.Input.ToString()!);

    /// <summary>One failure of each kind is enough: by its type and by where in Sluice it came from.</summary>
    private static string KindOf(Exception error)
    {
        var own = error.StackTrace?.Split('\n')
            .Where(line => line.Contains(" Sluice.", StringComparison.Ordinal))
            .FirstOrDefault(line => !line.Contains(".Fuzz.", StringComparison.Ordinal));
        return own is null ? error.Message : $"{error.GetType()} {own}";
    }

    private static string Escaped(string text)
    {
        var shown = new StringBuilder();
        foreach (var letter in text.AsSpan(0, Math.Min(text.Length, LongestShown)))
        {
            _ = letter is '\n' or (>= ' ' and <= '~')
                ? shown.Append(letter)
                : shown.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
        }

        return text.Length <= LongestShown ? shown.ToString() : $"{shown}… {text.Length} characters in all";
    }

    private sealed record Attempt(int Index, TInput Input);
}
