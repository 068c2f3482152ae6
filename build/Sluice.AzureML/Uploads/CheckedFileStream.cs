using Microsoft.Win32.SafeHandles;

namespace Sluice.AzureML.Uploads;

/// <summary>
/// A file as it is sent in one piece. Before its last bytes are handed on, it is checked that nobody has changed it; a request that ends
/// there is short of the length that it announced, so the service makes nothing of it.
/// </summary>
/// <param name="handle">The file, which stays the caller's to close.</param>
/// <param name="bytes">The size that it must have.</param>
/// <param name="check">Throws when the file was changed.</param>
internal sealed class CheckedFileStream(SafeFileHandle handle, long bytes, Action check) : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => bytes;

    /// <inheritdoc/>
    public override long Position { get; set; }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => Checked(RandomAccess.Read(handle, buffer, Position));

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Checked(await RandomAccess.ReadAsync(handle, buffer, Position, cancellationToken));

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => bytes + offset,
    };

    /// <inheritdoc/>
    public override void Flush()
    {
        // Nothing is written.
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Checked(int read)
    {
        Position += read;
        if (read == 0 || Position >= bytes)
        {
            check();
        }

        return read;
    }
}
