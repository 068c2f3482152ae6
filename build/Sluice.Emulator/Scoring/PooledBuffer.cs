using System.Buffers;

namespace Sluice.Emulator.Scoring;

/// <summary>Bytes in an array that goes back to the shared pool. Belongs to one owner at a time; not for several threads.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private byte[] _bytes;
    private int _length;

    /// <summary>Rents a buffer.</summary>
    /// <param name="capacity">Bytes expected; more are rented when needed.</param>
    internal PooledBuffer(int capacity) => _bytes = ArrayPool<byte>.Shared.Rent(Math.Max(capacity, 16));

    /// <summary>What was written so far. Valid until the next write or <see cref="Dispose"/>.</summary>
    internal ReadOnlySpan<byte> Span => _bytes.AsSpan(0, _length);

    /// <inheritdoc cref="Span"/>
    internal ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, _length);

    /// <summary>Bytes written so far.</summary>
    internal int Length => _length;

    /// <summary>Takes back everything that was written after the buffer had this length.</summary>
    internal void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)_length);
        _length = length;
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_bytes.Length - _length));
        _length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(_length);
    }

    /// <summary>Gives the array back. Memory handed out before is not to be touched any more.</summary>
    public void Dispose()
    {
        var bytes = Interlocked.Exchange(ref _bytes, []);
        _length = 0;
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void Reserve(int count)
    {
        if (_bytes.Length - _length >= Math.Max(count, 1))
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(checked(Math.Max(_bytes.Length * 2, _length + Math.Max(count, 1))));
        Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
