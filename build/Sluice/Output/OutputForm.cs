namespace Sluice.Output;

/// <summary>The form of what a target prints.</summary>
public enum OutputForm
{
    /// <summary>For people, at a terminal or in a log.</summary>
    Text,

    /// <summary>For programs.</summary>
    Json,

    /// <summary>For pull requests and step summaries.</summary>
    Markdown,
}
