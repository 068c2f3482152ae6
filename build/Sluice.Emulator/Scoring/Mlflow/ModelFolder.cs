using System.Globalization;

namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>The folder that holds an MLmodel file and what the file names.</summary>
internal sealed class ModelFolder
{
    /// <summary>The name of the file that makes a folder an MLflow model.</summary>
    internal const string MLmodel = "MLmodel";

    private readonly string _path;

    private ModelFolder(string path) => _path = path;

    /// <summary>Finds the model: in the given folder, or in the only folder below it that holds one, as Azure mounts models.</summary>
    /// <exception cref="ModelFolderException">There is no MLmodel, or there are several.</exception>
    internal static ModelFolder Find(string path)
    {
        if (!Directory.Exists(path))
        {
            throw new ModelFolderException(MLmodel, "the model folder does not exist.");
        }

        if (File.Exists(Path.Combine(path, MLmodel)))
        {
            return new ModelFolder(Path.GetFullPath(path));
        }

        var below = Directory.EnumerateDirectories(path).Where(folder => File.Exists(Path.Combine(folder, MLmodel))).Order().ToList();
        return below switch
        {
            [var only] => new ModelFolder(Path.GetFullPath(only)),
            [] => throw new ModelFolderException(
                MLmodel, "the file is missing. It must lie in the folder that was registered as the model, not in one below."),
            _ => throw new ModelFolderException(
                MLmodel,
                $"there are several: in {string.Join(", ", below.Select(Path.GetFileName))}. A model folder holds one model."),
        };
    }

    /// <summary>The full path of a file that the model names.</summary>
    /// <param name="file">Relative to the model folder, and within it.</param>
    /// <param name="namedBy">Which entry of MLmodel names it, for the error.</param>
    /// <exception cref="ModelFolderException">The name leads out of the folder, or there is no such file.</exception>
    internal string PathOf(string file, string namedBy)
    {
        if (file.Contains('\0', StringComparison.Ordinal))
        {
            throw new ModelFolderException(MLmodel, $"{namedBy} has a NUL in it, which no file's name has.");
        }

        var full = Path.GetFullPath(Path.Combine(_path, file));
        if (!full.StartsWith(_path + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new ModelFolderException(MLmodel, $"{namedBy} is '{file}', which leads out of the model folder.");
        }

        return File.Exists(full)
            ? full
            : throw new ModelFolderException(file, $"the file is missing; {namedBy} of {MLmodel} names it.");
    }

    /// <summary>Reads a file of the folder.</summary>
    /// <param name="file">Relative to the model folder.</param>
    /// <param name="namedBy">Which entry of MLmodel names it, for the error.</param>
    /// <param name="limit">Bytes that the file may have.</param>
    /// <exception cref="ModelFolderException">The file is missing, too large or cannot be read.</exception>
    internal byte[] Read(string file, string namedBy, int limit)
    {
        var path = PathOf(file, namedBy);
        try
        {
            using var stream = File.OpenRead(path);
            if (stream.Length > limit)
            {
                throw new ModelFolderException(
                    file, string.Create(CultureInfo.InvariantCulture, $"the file has {stream.Length:N0} bytes; at most {limit:N0} are read."));
            }

            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelFolderException(file, "the file cannot be read.", e);
        }
    }
}
