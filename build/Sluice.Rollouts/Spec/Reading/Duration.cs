using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>Times as people write them: <c>4s</c>, <c>1h30m</c>, <c>00:05:00</c> or ISO 8601's <c>PT5M</c>.</summary>
public static partial class Duration
{
    /// <summary>What is allowed, in words for a message.</summary>
    public const string Allowed = "a time with its unit, for example 90s, 5m, 1h30m, 00:05:00 or PT5M";

    /// <summary>Reads a time; false when it is not one, has no unit, is negative or longer than <see cref="TimeSpan"/> can say.</summary>
    public static bool TryParse(string text, out TimeSpan value)
    {
        ArgumentNullException.ThrowIfNull(text);
        value = default;
        var trimmed = text.Trim();
        var units = Units().Match(trimmed);
        try
        {
            if (trimmed.Length > 0 && units.Success)
            {
                value = UnitsToTime(units);
                return true;
            }

            if (trimmed.StartsWith('P'))
            {
                value = XmlConvert.ToTimeSpan(trimmed);
                return true;
            }

            // With one colon it would be hours and minutes to .NET, and minutes and seconds to most people.
            return trimmed.Count(character => character == ':') == 2
                && TimeSpan.TryParseExact(trimmed, "c", CultureInfo.InvariantCulture, out value)
                && value >= TimeSpan.Zero;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return false;
        }
    }

    /// <summary>Writes a time so that <see cref="TryParse"/> reads the same one: <c>1h30m</c>, <c>4s</c>, <c>250ms</c>.</summary>
    /// <param name="value">The time, not negative; it is written to the millisecond.</param>
    public static string Format(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
        var text = new StringBuilder();
        Append((long)value.TotalHours, "h");
        Append(value.Minutes, "m");
        Append(value.Seconds, "s");
        Append(value.Milliseconds, "ms");
        return text.Length == 0 ? "0s" : text.ToString();

        void Append(long amount, string unit)
        {
            if (amount > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"{amount}{unit}");
            }
        }
    }

    private static TimeSpan UnitsToTime(Match units)
    {
        var ticks = 0m;
        foreach (var (unit, length) in new[]
        {
            ("d", TimeSpan.TicksPerDay),
            ("h", TimeSpan.TicksPerHour),
            ("m", TimeSpan.TicksPerMinute),
            ("s", TimeSpan.TicksPerSecond),
            ("ms", TimeSpan.TicksPerMillisecond),
        })
        {
            if (units.Groups[unit] is { Success: true, Value: var amount })
            {
                ticks += decimal.Parse(amount, CultureInfo.InvariantCulture) * length;
            }
        }

        return TimeSpan.FromTicks(decimal.ToInt64(ticks));
    }

    [GeneratedRegex(
        @"^(?:(?<d>\d+(?:\.\d+)?)d)?(?:(?<h>\d+(?:\.\d+)?)h)?(?:(?<m>\d+(?:\.\d+)?)m)?(?:(?<s>\d+(?:\.\d+)?)s)?(?:(?<ms>\d+)ms)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Units();
}
