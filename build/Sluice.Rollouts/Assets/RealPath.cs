namespace Sluice.Rollouts.Assets;

/// <summary>A path with every link in it followed, also those in the middle of it.</summary>
internal static class RealPath
{
    /// <summary>As many as Linux follows.</summary>
    private const int MostLinks = 40;

    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    /// <summary>Follows the links of a path; what does not exist stays as it is.</summary>
    /// <exception cref="IOException">The path has more than 40 links, or they run in a circle.</exception>
    public static string Of(string path)
    {
        var full = Path.GetFullPath(path);
        var real = Path.GetPathRoot(full)!;
        var names = new Stack<string>();
        Push(full[real.Length..]);
        for (var links = 0; names.TryPop(out var name);)
        {
            var next = name == ".." ? Path.GetDirectoryName(real) ?? real : Path.Combine(real, name);
            if (name == ".." || new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MostLinks)
            {
                throw new IOException($"{path} has more than {MostLinks} links, or they run in a circle.");
            }

            var root = Path.GetPathRoot(target)!;
            real = root.Length > 0 ? root : real;
            Push(target[root.Length..]);
        }

        return real;

        void Push(string part)
        {
            foreach (var name in part.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Reverse().Where(name => name != "."))
            {
                names.Push(name);
            }
        }
    }
}
