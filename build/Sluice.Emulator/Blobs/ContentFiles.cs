using System.Buffers;
using Sluice.Emulator.Faults;
using Sluice.Emulator.Hosting;

namespace Sluice.Emulator.Blobs;

/// <summary>The files that hold blobs' bytes. Their names are drawn, so no blob's name can lead out of the folder.</summary>
internal sealed class ContentFiles
{
    /// <summary>Bytes that are moved at once. So large an array is collected late and dearly, so it is borrowed, and streams have none.</summary>
    private const int BufferSize = 128 * 1024;

    private const int Unbuffered = 0;
    private readonly string _folder;
    private readonly Disk _disk;

    /// <summary>Makes the folder when missing.</summary>
    public ContentFiles(string folder, Disk disk)
    {
        _folder = folder;
        _disk = disk;
        OwnerOnly.MakeFolder(folder);
    }

    /// <summary>Writes a stream to a new file, in constant memory.</summary>
    /// <param name="source">The stream.</param>
    /// <param name="limit">Most bytes that are taken.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="BlobRefusedException">The stream is longer than the limit.</exception>
    public async Task<WrittenContent> WriteAsync(Stream source, long limit, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            using var hash = new ContentHash();
            var length = 0L;
            await using (var file = Create(id))
            {
                while (await source.ReadAsync(buffer, cancellationToken) is var read and > 0)
                {
                    length += read;
                    if (length > limit)
                    {
                        throw BlobRefuse.TooLarge(limit);
                    }

                    hash.Append(buffer.AsSpan(0, read));
                    await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                }

                _disk.BeforeWrite(DiskArea.Blobs);
            }

            return new WrittenContent(id, length, hash.Complete());
        }
        catch
        {
            Delete(id);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>A new file of nothing.</summary>
    public Guid CreateEmpty()
    {
        var id = Guid.NewGuid();
        _disk.BeforeWrite(DiskArea.Blobs);
        Create(id).Dispose();
        return id;
    }

    /// <summary>Joins pieces of files into a new file.</summary>
    public Guid Join(IEnumerable<(Guid Content, long Offset, long Length)> pieces)
    {
        var id = Guid.NewGuid();
        try
        {
            using var target = Create(id);
            foreach (var (content, offset, length) in pieces)
            {
                using var source = OpenRead(content);
                Copy(source, offset, length, target);
            }

            _disk.BeforeWrite(DiskArea.Blobs);
            return id;
        }
        catch
        {
            Delete(id);
            throw;
        }
    }

    /// <summary>Puts a file's bytes behind the first <paramref name="length"/> bytes of another; what was there beyond them goes.</summary>
    public void Append(Guid target, long length, Guid addition)
    {
        using var file = new FileStream(PathOf(target), FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        file.SetLength(length);
        file.Position = length;
        using var source = OpenRead(addition);
        source.CopyTo(file);
        _disk.BeforeWrite(DiskArea.Blobs);
    }

    /// <summary>Opens a file. It can be deleted meanwhile and still be read to its end.</summary>
    public FileStream OpenRead(Guid id) =>
        new(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, Unbuffered, FileOptions.Asynchronous);

    /// <summary>Makes the change that names a new file, which goes when the change throws.</summary>
    public T Keep<T>(Guid id, Func<T> change)
    {
        try
        {
            return change();
        }
        catch
        {
            Delete(id);
            throw;
        }
    }

    /// <summary>Deletes a file that no entry names, if it is there. One that cannot be deleted now goes at the next start.</summary>
    public void Delete(Guid id)
    {
        try
        {
            File.Delete(PathOf(id));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // What was changed is changed, and what was refused is refused, whether or not the file goes.
        }
    }

    /// <summary>Deletes the files that a killed process left without a blob.</summary>
    public void DeleteExcept(IReadOnlySet<Guid> known)
    {
        foreach (var file in Directory.EnumerateFiles(_folder))
        {
            if (!Guid.TryParseExact(Path.GetFileName(file), "N", out var id) || !known.Contains(id))
            {
                File.Delete(file);
            }
        }
    }

    private static void Copy(FileStream source, long offset, long length, FileStream target)
    {
        source.Position = offset;
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            for (var left = length; left > 0;)
            {
                var read = source.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
                if (read == 0)
                {
                    throw new EndOfStreamException($"{source.Name} ends {left} bytes before the end of its block.");
                }

                target.Write(buffer, 0, read);
                left -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private FileStream Create(Guid id) =>
        OwnerOnly.Open(PathOf(id), FileMode.CreateNew, FileShare.Read | FileShare.Delete, Unbuffered, FileOptions.Asynchronous);

    private string PathOf(Guid id) => Path.Combine(_folder, id.ToString("N"));
}
