using Sluice.Output;
using Sluice.Rollouts;
using Sluice.Rollouts.Execution;

namespace Sluice.Inspection;

/// <summary>One JSON document a line whenever something has changed; what fails is told on standard error.</summary>
/// <param name="writer">Where the documents are written.</param>
/// <param name="errors">Where failed looks are told.</param>
/// <param name="document">The document of a look.</param>
/// <param name="serialize">Makes one line of a document.</param>
internal sealed class JsonStatusScreen(
    TextWriter writer, TextWriter errors, Func<Standing, StatusDocument> document, Func<StatusDocument, string> serialize) : IStatusScreen
{
    private string _shown = "";

    /// <inheritdoc/>
    public void Show(Standing standing)
    {
        var now = document(standing);
        var content = serialize(now with { Time = default });
        if (content != _shown)
        {
            _shown = content;
            writer.WriteLine(serialize(now));
            writer.Flush();
        }
    }

    /// <inheritdoc/>
    public void Miss(DateTimeOffset time, string why) =>
        errors.WriteLine($"{Instants.Text(time)} The look failed, and is taken again: {AgentCommands.Defuse(why)}");

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
