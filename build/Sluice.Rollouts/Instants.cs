using System.Globalization;

namespace Sluice.Rollouts;

/// <summary>How a point in time is told to people: in universal time and in our calendar, whatever the machine has.</summary>
public static class Instants
{
    /// <summary>As in a sentence: <c>2026-01-05 08:00:00Z</c>.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>As one word, for logs: <c>2026-01-05T08:00:00Z</c>.</summary>
    public static string Word(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
