namespace Sluice.Output.Agents;

/// <summary>The agent that a pipeline runs on, as somebody to tell things to. At a desk there is none.</summary>
/// <remarks>
/// Groups go where the log goes, as they enclose its lines. Everything else goes to standard error, which both agents read as they read
/// standard output: there <c>--output=json</c> leaves one document.
/// </remarks>
internal interface IPipelineAgent
{
    /// <summary>Begins a part of the log that can be folded.</summary>
    void BeginGroup(string title);

    /// <summary>Ends it.</summary>
    void EndGroup();

    /// <summary>Shows an error, beside its line where it has one.</summary>
    void Error(Annotation error);

    /// <summary>Shows a warning, beside its line where it has one.</summary>
    void Warning(Annotation warning);

    /// <summary>Sets the step's outputs, which later steps, jobs and stages read.</summary>
    /// <exception cref="IOException">The agent's file can't be written.</exception>
    void SetOutputs(IReadOnlyCollection<KeyValuePair<string, string>> outputs);

    /// <summary>Adds a text to the summary of the run.</summary>
    /// <param name="title">What ran, in a word.</param>
    /// <param name="file">The absolute path of a Markdown file.</param>
    /// <exception cref="IOException">A file can't be read or written.</exception>
    void Summarize(string title, string file);
}
