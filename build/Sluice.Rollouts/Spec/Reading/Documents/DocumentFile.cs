namespace Sluice.Rollouts.Spec.Reading.Documents;

/// <summary>A file that is read into nodes.</summary>
/// <param name="Path">The absolute path.</param>
internal sealed record DocumentFile(string Path)
{
    /// <summary>The largest file that is read, in bytes: far more than any configuration, far less than the memory of a build agent.</summary>
    public const long MaximumBytes = 16 * 1024 * 1024;

    /// <summary>The file as messages show it: relative to the current directory when it is below it.</summary>
    public string Shown => Show(Path);

    /// <summary>The file as a whole.</summary>
    public Place Place => new(Shown);

    /// <summary>A path as messages show it: relative to the current directory when it is below it.</summary>
    public static string Show(string path)
    {
        var relative = System.IO.Path.GetRelativePath(Environment.CurrentDirectory, path);
        return System.IO.Path.IsPathRooted(relative) || relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    /// <summary>Reads the file as JSON with comments; null after a mistake that leaves nothing to read.</summary>
    public SpecNode? ReadJson(Mistakes mistakes) => Read(JsonSource.Parse, mistakes);

    /// <summary>Reads the file as YAML; null after a mistake that leaves nothing to read.</summary>
    public SpecNode? ReadYaml(Mistakes mistakes) => Read(YamlSource.Parse, mistakes);

    private SpecNode? Read(Func<string, string, Mistakes, SpecNode> parse, Mistakes mistakes)
    {
        try
        {
            if (new FileInfo(Path) is { Exists: true, Length: > MaximumBytes and var length })
            {
                mistakes.Add(Place, $"The file has {length} bytes; at most {MaximumBytes} are allowed.");
                return null;
            }

            return parse(Shown, File.ReadAllText(Path), mistakes);
        }
        catch (SyntaxException e)
        {
            mistakes.Add(e.Place, e.Message);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            mistakes.Add(Place, "The file does not exist.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            mistakes.Add(Place, $"The file cannot be read: {e.Message}");
        }

        return null;
    }
}
