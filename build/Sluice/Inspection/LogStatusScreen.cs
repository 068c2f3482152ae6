using Sluice.Output;
using Sluice.Rollouts;
using Sluice.Rollouts.Execution;

namespace Sluice.Inspection;

/// <summary>A block of lines, headed by the time, whenever something has changed; for logs and pipes.</summary>
/// <param name="writer">Where it is written.</param>
/// <param name="lines">The lines of a look.</param>
internal sealed class LogStatusScreen(TextWriter writer, Func<Standing, IEnumerable<string>> lines) : IStatusScreen
{
    private string _shown = "";
    private string _missed = "";

    /// <inheritdoc/>
    public void Show(Standing standing)
    {
        var block = string.Join(writer.NewLine, lines(standing));
        var isBack = _missed.Length > 0;
        _missed = "";
        if (block != _shown || isBack)
        {
            _shown = block;
            Write(standing.Time, block);
        }
    }

    /// <inheritdoc/>
    public void Miss(DateTimeOffset time, string why)
    {
        if (why != _missed)
        {
            _missed = why;
            Write(time, $"The look failed, and is taken again: {AgentCommands.Defuse(why)}");
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Write(DateTimeOffset time, string block)
    {
        writer.WriteLine($"--- {Instants.Text(time)}");
        writer.WriteLine(block);
        writer.Flush();
    }
}
