using System.Globalization;
using System.Text;

namespace Sluice.Emulator.Blobs;

/// <summary>Where a list goes on: the last name of the page before, in a form that clients do not look into.</summary>
internal static class ListMarker
{
    private const int MaximumSize = 5000;

    /// <summary>The name that the page begins after; empty for the first.</summary>
    public static string Read(BlobExchange exchange)
    {
        if (exchange.Query("marker") is not { } marker)
        {
            return "";
        }

        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(marker));
        }
        catch (FormatException)
        {
            throw BlobRefuse.InvalidQuery("marker", marker, "the NextMarker of the page before");
        }
    }

    /// <summary>The marker after a name.</summary>
    public static string Write(string last) => Convert.ToBase64String(Encoding.UTF8.GetBytes(last));

    /// <summary>How many entries a page has at most.</summary>
    public static int Size(BlobExchange exchange) => exchange.Query("maxresults") is not { } text
        ? MaximumSize
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0
            ? Math.Min(size, MaximumSize)
            : throw BlobRefuse.InvalidQuery("maxresults", text, $"1 to {MaximumSize}");
}
