using System.Globalization;
using System.Text.RegularExpressions;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>
/// Where a window begins or ends, as people write it: <c>Fri 16:00</c>, <c>2026-12-24T12:00</c>, or, of a day that is named beside it,
/// <c>09:00</c>.
/// </summary>
/// <param name="Day">The day of the week; null in the other two forms.</param>
/// <param name="Date">The date; null in the other two forms.</param>
/// <param name="Time">The time of the day.</param>
internal sealed partial record WindowEdge(DayOfWeek? Day, DateOnly? Date, TimeOnly Time)
{
    /// <summary>What is allowed, in words for a message.</summary>
    public const string Allowed =
        "a time of the week such as Fri 16:00, a date and time such as 2026-12-24T12:00, or beside days a time such as 09:00";

    /// <summary>One of each form: a time of the week, a date and time, and a time beside days.</summary>
    public static IReadOnlyList<string> Examples { get; } = ["Fri 16:00", "2026-12-24T12:00", "09:00"];

    /// <summary>The same for a schema.</summary>
    public const string Pattern = "^" + Forms + "$";

    private const string Forms = @"((Mon|Tue|Wed|Thu|Fri|Sat|Sun) |20[0-9]{2}-[0-9]{2}-[0-9]{2}T)?([01][0-9]|2[0-3]):[0-5][0-9]";

    private const string DateForm = "yyyy-MM-dd";

    /// <summary>The days of the week by the names they are written with.</summary>
    public static IReadOnlyList<(string Name, DayOfWeek Day)> Days { get; } =
    [
        ("Mon", DayOfWeek.Monday),
        ("Tue", DayOfWeek.Tuesday),
        ("Wed", DayOfWeek.Wednesday),
        ("Thu", DayOfWeek.Thursday),
        ("Fri", DayOfWeek.Friday),
        ("Sat", DayOfWeek.Saturday),
        ("Sun", DayOfWeek.Sunday),
    ];

    /// <summary>Reads one of the forms; null when it is none, or a date that no calendar has.</summary>
    public static WindowEdge? Parse(string text)
    {
        if (!Form().IsMatch(text))
        {
            return null;
        }

        var time = TimeOnly.ParseExact(text[^5..], "HH:mm", CultureInfo.InvariantCulture);
        return text.Length switch
        {
            5 => new(null, null, time),
            9 => new(Days.First(day => text.StartsWith(day.Name, StringComparison.Ordinal)).Day, null, time),
            _ => DateOnly.TryParseExact(
                text[..DateForm.Length], DateForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                    ? new(null, date, time)
                    : null,
        };
    }

    /// <summary>As it is written.</summary>
    public override string ToString() => (Day, Date) switch
    {
        ({ } day, _) => new WeekTime(day, Time).ToString(),
        (_, { } date) => date.ToDateTime(Time).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture),
        _ => Time.ToString("HH:mm", CultureInfo.InvariantCulture),
    };

    // "$" would match before a line break at the end too.
    [GeneratedRegex("^" + Forms + @"\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
