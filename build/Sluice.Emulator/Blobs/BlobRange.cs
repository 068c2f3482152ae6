using System.Globalization;

namespace Sluice.Emulator.Blobs;

/// <summary>The bytes of a blob that a request asks for.</summary>
/// <param name="Offset">The first one.</param>
/// <param name="Length">How many.</param>
internal readonly record struct BlobRange(long Offset, long Length)
{
    private const string Unit = "bytes=";

    /// <summary>Reads <c>bytes=first-last</c>, <c>bytes=first-</c> or <c>bytes=-count</c>.</summary>
    /// <returns>The range, or null when none is asked for or the header is of another form, which HTTP says to ignore.</returns>
    /// <exception cref="BlobRefusedException">It begins behind the end.</exception>
    public static BlobRange? TryParse(string? header, long total)
    {
        if (header is null || !header.StartsWith(Unit, StringComparison.OrdinalIgnoreCase) || header[Unit.Length..].Split('-') is not [var first, var last])
        {
            return null;
        }

        var hasFirst = TryNumber(first, out var from);
        var hasLast = TryNumber(last, out var to);
        if (!hasFirst)
        {
            return hasLast && to > 0 && total > 0 ? new BlobRange(Math.Max(0, total - to), Math.Min(to, total)) : null;
        }

        if (last.Length > 0 && (!hasLast || to < from))
        {
            return null;
        }

        return from < total ? new BlobRange(from, (hasLast ? Math.Min(to, total - 1) : total - 1) - from + 1) : throw BlobRefuse.InvalidRange(total);
    }

    private static bool TryNumber(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
