using System.Buffers.Binary;

namespace Sluice.Emulator.Blobs;

/// <summary>
/// The content of a structured body, read as it comes and checked on the way: a reader that gets to the end has got what was sent. See
/// <see cref="StructuredBody"/> for the format.
/// </summary>
/// <param name="body">The body.</param>
/// <param name="bodyLength">The body's length in bytes.</param>
/// <param name="contentLength">How many bytes the content is said to have.</param>
internal sealed class StructuredBodyStream(Stream body, long bodyLength, long contentLength) : Stream
{
    private readonly byte[] _head = new byte[StructuredBody.HeadLength];
    private readonly Crc64 _whole = new();
    private Crc64 _sum = new();
    private int _segments;
    private int _segment;
    private long _segmentLeft;
    private long _contentLeft = contentLength;
    private bool _isAtEnd;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Reads the content's next bytes.</summary>
    /// <exception cref="BlobRefusedException">The body is of another form, or a checksum is wrong.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_segments == 0)
        {
            await BeginAsync(cancellationToken);
        }

        while (_segmentLeft == 0 && !_isAtEnd)
        {
            await GoOnAsync(cancellationToken);
        }

        if (_isAtEnd || buffer.IsEmpty)
        {
            return 0;
        }

        var read = await body.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _segmentLeft)], cancellationToken);
        if (read == 0)
        {
            throw Broken("it ends within a segment");
        }

        _sum.Append(buffer.Span[..read]);
        _whole.Append(buffer.Span[..read]);
        _segmentLeft -= read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        var head = await TakeAsync(StructuredBody.HeadLength, cancellationToken);
        var (version, length) = (head.Span[0], BinaryPrimitives.ReadUInt64LittleEndian(head.Span[1..]));
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(head.Span[9..]);
        _segments = BinaryPrimitives.ReadUInt16LittleEndian(head.Span[11..]);
        if (version != StructuredBody.Version || flags != StructuredBody.HasCrc64 || _segments == 0)
        {
            throw Broken($"version {version}, flags {flags} and {_segments} segments; it has version 1, flags 1 and 1 segment or more");
        }

        if (length != (ulong)bodyLength || StructuredBody.LengthOf(_contentLeft, _segments) != bodyLength)
        {
            throw Broken($"it has {bodyLength} bytes, says that it has {length}, and is said to have {_contentLeft} of content in {_segments} segments");
        }
    }

    /// <summary>Ends the segment that was read, and goes to the next or to the end.</summary>
    private async Task GoOnAsync(CancellationToken cancellationToken)
    {
        if (_segment > 0)
        {
            await CheckAsync(_sum, cancellationToken);
        }

        if (_segment == _segments)
        {
            if (_contentLeft > 0)
            {
                throw Broken($"{_contentLeft} bytes of content are in no segment");
            }

            await CheckAsync(_whole, cancellationToken);
            _isAtEnd = true;
            return;
        }

        _segment++;
        var head = await TakeAsync(StructuredBody.SegmentHeadLength, cancellationToken);
        var (number, length) = (BinaryPrimitives.ReadUInt16LittleEndian(head.Span), BinaryPrimitives.ReadUInt64LittleEndian(head.Span[2..]));
        if (number != _segment || length > (ulong)_contentLeft)
        {
            throw Broken($"segment {_segment} says that it is number {number} and has {length} bytes of the {_contentLeft} that are left");
        }

        _sum = new Crc64();
        _segmentLeft = (long)length;
        _contentLeft -= _segmentLeft;
    }

    private async Task CheckAsync(Crc64 computed, CancellationToken cancellationToken)
    {
        var given = await TakeAsync(Crc64.Length, cancellationToken);
        if (BinaryPrimitives.ReadUInt64LittleEndian(given.Span) != computed.Value)
        {
            throw BlobRefuse.Crc64Mismatch(Convert.ToBase64String(given.Span), computed.ToBase64());
        }
    }

    private async Task<ReadOnlyMemory<byte>> TakeAsync(int length, CancellationToken cancellationToken)
    {
        var read = await body.ReadAtLeastAsync(_head.AsMemory(0, length), length, throwOnEndOfStream: false, cancellationToken);
        return read == length ? _head.AsMemory(0, length) : throw Broken("it ends too early");
    }

    private static BlobRefusedException Broken(string why) => BlobRefuse.InvalidStructuredBody(why);
}
