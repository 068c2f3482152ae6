using Sluice.Rollouts.Assets;

namespace Sluice.Rollouts.Spec.Reading.Documents;

/// <summary>A file that is read into nodes.</summary>
/// <param name="path">The absolute path.</param>
/// <param name="namedAt">Where the file is named; null where a person has not named it.</param>
internal sealed class DocumentFile(string path, Place? namedAt = null)
{
    /// <summary>A file that another file or an argument names.</summary>
    public DocumentFile(FilePath path)
        : this(path.Absolute, path.NamedAt)
    {
    }

    /// <summary>
    /// The largest file that is read, in bytes: far more than any configuration, far less than the memory of a build agent.
    /// </summary>
    public const long MaximumBytes = 16 * 1024 * 1024;

    /// <summary>The file as a whole.</summary>
    public Place Place { get; } = new(path);

    /// <summary>Reads the file as JSON with comments; null after a mistake that leaves nothing to read.</summary>
    public SpecNode? ReadJson(Mistakes mistakes) => Read(JsonSource.Parse, mistakes);

    /// <summary>Reads the file as YAML; null after a mistake that leaves nothing to read.</summary>
    public SpecNode? ReadYaml(Mistakes mistakes) => Read(YamlSource.Parse, mistakes);

    private SpecNode? Read(Func<string, string, Mistakes, SpecNode> parse, Mistakes mistakes)
    {
        try
        {
            if (Directory.Exists(path))
            {
                ReportMissing(mistakes, "is a folder; allowed: a file.");
                return null;
            }

            // Of a link, the size would be the link's own.
            var file = new FileInfo(RealPath.Of(path));
            if (file is { Exists: true, Length: > MaximumBytes and var length })
            {
                mistakes.Add(Place, $"The file has {length} bytes; at most {MaximumBytes} are allowed.");
                return null;
            }

            if (file.Exists && !RegularFile.Is(file))
            {
                mistakes.Add(Place, "This is a pipe, a socket or a device; allowed: a file.");
                return null;
            }

            return parse(path, File.ReadAllText(path), mistakes);
        }
        catch (SyntaxException e)
        {
            mistakes.Add(e.Place, e.Message);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            ReportMissing(mistakes, "does not exist.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            mistakes.Add(Place, $"The file cannot be read: {e.Message}");
        }

        return null;
    }

    /// <summary>What is no file has no lines; where it is named, there is one to change.</summary>
    private void ReportMissing(Mistakes mistakes, string what) =>
        mistakes.Add(namedAt ?? Place, $"{(namedAt is null ? "The file" : Place.Shown)} {what}");
}
