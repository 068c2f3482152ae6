using System.Globalization;

namespace Sluice.Output;

/// <summary>Sizes in bytes as people read them.</summary>
internal static class Sizes
{
    /// <summary><c>812 B</c>, <c>18.2 kB</c>, <c>2.1 GB</c>; thousands, not 1,024s. What rounds to 1,000 of a unit is 1 of the next.</summary>
    public static string Text(long bytes) => bytes switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 999_950 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
        < 999_950_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
    };
}
