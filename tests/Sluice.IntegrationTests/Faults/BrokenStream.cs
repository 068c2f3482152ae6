namespace Sluice.IntegrationTests.Faults;

/// <summary>A body whose connection breaks after some bytes.</summary>
internal sealed class BrokenStream(ReadOnlyMemory<byte> bytes) : Stream
{
    private int _given;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var left = bytes[_given..];
        if (left.IsEmpty)
        {
            throw new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely.");
        }

        var given = Math.Min(left.Length, count);
        left[..given].Span.CopyTo(buffer.AsSpan(offset, given));
        _given += given;
        return given;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
