namespace Sluice.Rollouts.Spec.Reading.Documents;

/// <summary>Where something was written.</summary>
/// <param name="Source">A file's absolute path; or an argument, for example <c>--steps</c>, or in words the variable that gives it.</param>
/// <param name="Line">The line, from 1; null when the whole file, or an argument, is meant.</param>
/// <param name="Column">The column, from 1.</param>
internal sealed record Place(string Source, int? Line = null, int? Column = null)
{
    /// <summary>Whether it is an argument.</summary>
    public bool IsArgument => !Path.IsPathRooted(Source);

    /// <summary>The folder that a relative path written here starts from: the file's own; for an argument the current one.</summary>
    public string Folder => IsArgument ? Environment.CurrentDirectory : Path.GetDirectoryName(Source)!;

    /// <summary>The source as messages show it: a file relative to the current directory when it is below it.</summary>
    public string Shown
    {
        get
        {
            var relative = IsArgument ? Source : Path.GetRelativePath(Environment.CurrentDirectory, Source);
            return FolderPath.IsBelow(relative) ? relative : Source;
        }
    }
}
