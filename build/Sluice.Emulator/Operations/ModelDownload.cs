using Sluice.Emulator.Blobs;
using Sluice.Emulator.Hosting;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Operations;

/// <summary>Copies what was registered as a model or as code out of the blob store.</summary>
internal static class ModelDownload
{
    private const int Batch = 1000;

    /// <summary>Copies all blobs of a place to a folder, or the one blob with that path to a file of that name.</summary>
    /// <exception cref="ModelUnavailableException">Nothing is there, or a blob's name is none for a file of the folder.</exception>
    public static async Task RunAsync(BlobStore blobs, BlobPath place, string folder, CancellationToken cancellationToken)
    {
        var (container, path) = place;
        if (blobs.FindContainer(container) is null)
        {
            throw new ModelUnavailableException($"There is no container '{container}'.");
        }

        var prefix = path.Length == 0 ? "" : $"{path}/";
        var found = 0;
        for (var page = blobs.ListBlobs(container, prefix, "", Batch); page.Count > 0; page = blobs.ListBlobs(container, prefix, page[^1].Name, Batch))
        {
            foreach (var (name, _) in page)
            {
                var target = FolderPath.TryCombine(folder, name[prefix.Length..]) ?? throw Unfit(name);
                found += await CopyAsync(blobs, container, name, target, cancellationToken) ? 1 : 0;
            }
        }

        if (found == 0 && !await CopyAsync(blobs, container, path, folder, cancellationToken))
        {
            throw new ModelUnavailableException(path.Length == 0
                ? $"There is no blob in container '{container}'."
                : $"There is no blob '{path}' and none under it in container '{container}'.");
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
        MakeFolderOf(target, name);
        if (Path.Exists(target))
        {
            throw Unfit(name);
        }

        await using var file = OwnerOnly.Open(target, FileMode.CreateNew);
        await content.CopyToAsync(file, cancellationToken);

        // An append blob's file may be longer than the blob.
        file.SetLength(blob.Entry.Length);
        return true;
    }

    private static void MakeFolderOf(string target, string name)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        }
        catch (IOException) when (!Directory.Exists(Path.GetDirectoryName(target)))
        {
            // A blob has the name of a folder that another one needs.
            throw Unfit(name);
        }
    }

    private static ModelUnavailableException Unfit(string name) => new(
        $"The blob '{name}' cannot become a file of the model folder: its name leads out of it, or is another file's or folder's too.");
}
