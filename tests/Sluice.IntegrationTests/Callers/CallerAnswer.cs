using System.Globalization;

namespace Sluice.IntegrationTests.Callers;

/// <summary>What a caller noted of one request.</summary>
/// <param name="Time">From right before it was sent until its answer was there; of the repeated request, where it was repeated.</param>
/// <param name="Status">The HTTP status; 0 when there was no answer.</param>
/// <param name="Deployment">The deployment that answered, by the answer's header; null when it names none.</param>
/// <param name="Pinned">The deployment that was asked for; null when the split had to choose.</param>
/// <param name="Refused">From when the key that was refused first was read until the 401 was there; null when none was refused.</param>
/// <param name="Trouble">What went wrong on the way or with the body; null when nothing did.</param>
internal sealed record CallerAnswer(Period Time, int Status, string? Deployment, string? Pinned, Period? Refused, string? Trouble)
{
    /// <summary>Reads a caller's line.</summary>
    public static CallerAnswer Parse(string line) => line.Split('\t') is
        [var sent, var received, var status, var by, var pinned, var readAt, var refusedAt, var trouble]
        ? new CallerAnswer(
            new Period(Number(sent), Number(received)),
            int.Parse(status, CultureInfo.InvariantCulture),
            TextOf(by),
            TextOf(pinned),
            readAt.Length == 0 ? null : new Period(Number(readAt), Number(refusedAt)),
            TextOf(trouble))
        : throw new FormatException($"'{line}' is no answer: it has not eight fields.");

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static string? TextOf(string text) => text.Length == 0 ? null : text;
}
