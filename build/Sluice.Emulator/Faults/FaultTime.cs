using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace Sluice.Emulator.Faults;

/// <summary>Times in faults: as the configuration writes them, <c>4s</c>, <c>1h30m</c> or <c>00:05:00</c>, and ISO 8601's <c>PT5M</c>.</summary>
internal static partial class FaultTime
{
    /// <summary>Reads a time, which may have a minus sign in front; null when it is none, or longer than <see cref="TimeSpan"/> can say.</summary>
    internal static TimeSpan? TryParse(string text)
    {
        try
        {
            return Units().Match(text) is { Success: true } units ? Sum(units)
                : text.Count(letter => letter == ':') == 2 ? TimeSpan.ParseExact(text, "c", CultureInfo.InvariantCulture)
                : XmlConvert.ToTimeSpan(text);
        }
        catch (Exception fault) when (fault is FormatException or OverflowException)
        {
            return null;
        }
    }

    private static TimeSpan Sum(Match units)
    {
        var sum = TimeSpan.Zero;
        foreach (var (unit, length) in new[]
        {
            ("d", TimeSpan.FromDays(1)),
            ("h", TimeSpan.FromHours(1)),
            ("m", TimeSpan.FromMinutes(1)),
            ("s", TimeSpan.FromSeconds(1)),
            ("ms", TimeSpan.FromMilliseconds(1)),
        })
        {
            if (units.Groups[unit] is { Success: true, Value: var amount })
            {
                sum += length * double.Parse(amount, CultureInfo.InvariantCulture);
            }
        }

        return units.Groups["minus"].Success ? -sum : sum;
    }

    [GeneratedRegex(
        @"^(?<minus>-)?(?=\d)(?:(?<d>\d+(?:\.\d+)?)d)?(?:(?<h>\d+(?:\.\d+)?)h)?(?:(?<m>\d+(?:\.\d+)?)m)?(?:(?<s>\d+(?:\.\d+)?)s)?(?:(?<ms>\d+)ms)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Units();
}
