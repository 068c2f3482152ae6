using System.Formats.Tar;

namespace Sluice.Rollouts.Assets;

/// <summary>Tells files from pipes, sockets and devices, whose content may never begin or never end.</summary>
internal static class RegularFile
{
    /// <summary>Whether it is a file.</summary>
    /// <param name="file">What is there; not a link.</param>
    /// <exception cref="IOException">It is gone.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <remarks>
    /// .NET shows what kind a file is nowhere but in the entries of its archives, so an entry is made of it. Only files have a size; thus
    /// it is done for empty ones alone, and nothing is read.
    /// </remarks>
    public static bool Is(FileInfo file) => file.Length > 0 || OperatingSystem.IsWindows() || KindOf(file) == TarEntryType.RegularFile;

    private static TarEntryType? KindOf(FileInfo file)
    {
        using var archive = new MemoryStream();
        try
        {
            using var writer = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true);
            writer.WriteEntry(file.FullName, file.Name);
        }
        catch (IOException) when (File.Exists(file.FullName))
        {
            // Sockets have no place in an archive.
            return null;
        }

        archive.Position = 0;
        using var reader = new TarReader(archive);
        return reader.GetNextEntry()?.EntryType;
    }
}
