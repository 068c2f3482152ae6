using Sluice.Output;
using Sluice.Rollouts;
using Sluice.Rollouts.Execution;
using Spectre.Console;

namespace Sluice.Inspection;

/// <summary>One screen, drawn anew in place; for a person at a terminal.</summary>
/// <param name="console">The terminal.</param>
/// <param name="lines">The lines of a look.</param>
/// <param name="time">The person's clock, by which it is drawn anew.</param>
internal sealed class LiveStatusScreen(IAnsiConsole console, Func<Standing, IEnumerable<string>> lines, TimeProvider time) : IStatusScreen
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private Standing? _standing;
    private (DateTimeOffset Time, string Why)? _missed;
    private LiveDrawing? _drawing;

    /// <inheritdoc/>
    public void Show(Standing standing) => Change(() => (_standing, _missed) = (standing, null));

    /// <inheritdoc/>
    public void Miss(DateTimeOffset time, string why) => Change(() => _missed = (time, why));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _drawing?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>The lines as they are drawn: the look, how old it is, and what failed since.</summary>
    internal IEnumerable<string> Picture(DateTimeOffset now)
    {
        lock (_lock)
        {
            var seen = _standing is { } standing ? lines(standing).Append("").Append($"seen {Durations.Text(now - standing.Time)} ago") : [];
            return _missed is var (at, why)
                ? [.. seen, $"The look of {Instants.Text(at)} failed, and is taken again: {AgentCommands.Defuse(why)}"]
                : [.. seen];
        }
    }

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
        }

        _drawing ??= new(
            console, () => new Rows(Picture(time.GetUtcNow()).Select(line => new Text(line).Overflow(Overflow.Ellipsis))), Frame, time);
    }
}
