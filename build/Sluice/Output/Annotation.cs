using Sluice.Rollouts.Spec.Reading;

namespace Sluice.Output;

/// <summary>Something that a person is told, with its place where it has one, so that an agent can show it beside that line.</summary>
/// <param name="Message">The whole text; it names the place, too.</param>
/// <param name="File">The file's absolute path; null for none.</param>
/// <param name="Line">The line, from 1; null for the file as a whole.</param>
/// <param name="Column">The column, from 1.</param>
internal sealed record Annotation(string Message, string? File = null, int? Line = null, int? Column = null)
{
    /// <summary>What is wrong, or worth a note, in the configuration.</summary>
    public static Annotation Of(SpecMistake mistake) => mistake.Line is null && !System.IO.File.Exists(mistake.File)
        ? new($"{mistake}")
        : new($"{mistake}", Path.GetFullPath(mistake.File), mistake.Line, mistake.Column);

    /// <inheritdoc/>
    public override string ToString() => Message;
}
