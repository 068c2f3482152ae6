namespace Sluice.Emulator.Hosting;

/// <summary>
/// Makes files and folders that nobody but their owner can read. Windows knows no such rights: there they have those of the folder above.
/// </summary>
internal static class OwnerOnly
{
    private const UnixFileMode Folder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a folder when it is missing, and takes everybody else's rights away.</summary>
    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, Folder);
            System.IO.File.SetUnixFileMode(path, Folder);
        }
    }

    /// <summary>Opens a file for writing; one that is made can be read by the owner only.</summary>
    public static FileStream Open(
        string path, FileMode mode, FileShare share = FileShare.None, int bufferSize = 4096, FileOptions fileOptions = FileOptions.None)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.Write,
            Share = share,
            BufferSize = bufferSize,
            Options = fileOptions,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = File;
        }

        return new FileStream(path, options);
    }

    /// <summary>Writes a file in one step: a reader sees all of it or none.</summary>
    public static void Write(string path, string content)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}";
        try
        {
            using (var writer = new StreamWriter(Open(temporary, FileMode.CreateNew)))
            {
                writer.Write(content);
            }

            System.IO.File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            System.IO.File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Deletes what a process that was killed in <see cref="Write"/> left beside a file.</summary>
    public static void DeleteUnfinished(string path)
    {
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, $"{Path.GetFileName(path)}.*"))
        {
            if (Guid.TryParseExact(Path.GetExtension(file).TrimStart('.'), "N", out _))
            {
                System.IO.File.Delete(file);
            }
        }
    }
}
