using Sluice.Emulator.Blobs;

namespace Sluice.Emulator.Operations;

/// <summary>Copies what was registered as a model or as code out of the blob store.</summary>
internal static class ModelDownload
{
    private const int Batch = 1000;

    /// <summary>Copies all blobs under a path to a folder, or the one blob with that path to a file of that name.</summary>
    /// <exception cref="ModelUnavailableException">Nothing is there, or a blob's name would lead out of the folder.</exception>
    public static async Task RunAsync(BlobStore blobs, string container, string path, string folder, CancellationToken cancellationToken)
    {
        var prefix = $"{path}/";
        var found = 0;
        for (var page = blobs.ListBlobs(container, prefix, "", Batch); page.Count > 0; page = blobs.ListBlobs(container, prefix, page[^1].Name, Batch))
        {
            foreach (var (name, _) in page)
            {
                var target = TargetOf(name[prefix.Length..], folder) ?? throw new ModelUnavailableException(
                    $"The blob '{name}' cannot become a file of the model folder: its name leads out of it.");
                found += await CopyAsync(blobs, container, name, target, cancellationToken) ? 1 : 0;
            }
        }

        if (found == 0 && !await CopyAsync(blobs, container, path, folder, cancellationToken))
        {
            throw new ModelUnavailableException($"There is no blob '{path}' and none under it in container '{container}'.");
        }
    }

    private static async Task<bool> CopyAsync(
        BlobStore blobs, string container, string name, string target, CancellationToken cancellationToken)
    {
        if (blobs.OpenBlob(container, name) is not { } blob)
        {
            return false;
        }

        await using var content = blob.Content;
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        await using var file = new FileStream(target, FileMode.Create, FileAccess.Write);
        await content.CopyToAsync(file, cancellationToken);

        // An append blob's file may be longer than the blob.
        file.SetLength(blob.Entry.Length);
        return true;
    }

    private static string? TargetOf(string relative, string folder)
    {
        var target = Path.GetFullPath(Path.Combine(folder, relative.Replace('\\', '/')));
        return target.StartsWith($"{folder}{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? target : null;
    }
}
