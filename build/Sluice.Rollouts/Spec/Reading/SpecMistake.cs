namespace Sluice.Rollouts.Spec.Reading;

/// <summary>Something wrong in the configuration or in a model folder.</summary>
/// <param name="File">The file, relative to the current directory when it is below it; or the argument, for example <c>--steps</c>.</param>
/// <param name="Line">The line, from 1; null for an argument, and for a file that is missing or wrong as a whole.</param>
/// <param name="Column">The column, from 1.</param>
/// <param name="Message">One or two sentences: the key, what was found and what is allowed.</param>
public sealed record SpecMistake(string File, int? Line, int? Column, string Message)
{
    /// <summary><c>file(line,column): message</c>, the form that editors and build logs make a link of.</summary>
    public override string ToString() => Line is null ? $"{File}: {Message}" : $"{File}({Line},{Column ?? 1}): {Message}";
}
