using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>The formats that the configuration's values have.</summary>
internal static class Formats
{
    private const string TimePattern =
        @"(P(?=[\dT])(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?"
        + @"|(\d+\.)?([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,7})?"
        + @"|(?=\d)(\d+(\.\d+)?d)?(\d+(\.\d+)?h)?(\d+(\.\d+)?m)?(\d+(\.\d+)?s)?(\d+ms)?)";

    /// <summary>Any text that is not empty, and no placeholder.</summary>
    public static Format<string> Text { get; } = Matching("a text that is not empty", @"^(?!<.*>$)[\s\S]*\S");

    /// <summary>Any text, the empty one too.</summary>
    public static Format<string> AnyText { get; } = Matching("a text", "");

    /// <summary>A value of a map that says nothing of its values, as <c>az ml</c> sends it.</summary>
    public static Format<string> FreeValue { get; } = AnyText with
    {
        Parse = (SpecScalar scalar, [MaybeNullWhen(false)] out string value) =>
        {
            value = PlainScalar.SentAs(scalar);
            return scalar.Types.HasFlag(ScalarTypes.Text);
        },
    };

    /// <summary>A path; a relative one is looked for beside the file that names it.</summary>
    public static Format<string> Path { get; } = Matching("a path, relative to this file", @"^(?!<.*>$)[^\0]*[^\0\s][^\0]*$");

    /// <summary>A GUID with hyphens.</summary>
    public static Format<string> Guid { get; } = Matching(
        "a GUID such as 00000000-0000-0000-0000-000000000000",
        "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$");

    /// <summary>An address that requests are sent to: HTTPS, or HTTP on this machine.</summary>
    public static Format<Uri> WebAddress { get; } = new(
        "an address that begins with https://, or with http://localhost or http://127.0.0.1, without a user or a password",
        (SpecScalar scalar, [MaybeNullWhen(false)] out Uri value) => Uri.TryCreate(Of(scalar, ScalarTypes.Text), UriKind.Absolute, out value),
        value => value.UserInfo.Length == 0 && (value.Scheme == Uri.UriSchemeHttps || (value.Scheme == Uri.UriSchemeHttp && value.IsLoopback)),
        value => value.AbsoluteUri,
        () => new JObject { ["type"] = "string", ["pattern"] = "^https?://" });

    /// <summary>True or false, in YAML also yes or no, on or off.</summary>
    public static Format<bool> Flag { get; } = new(
        "true or false",
        (SpecScalar scalar, out bool value) =>
        {
            var truth = PlainScalar.Truth(Of(scalar, ScalarTypes.Boolean));
            value = truth is true;
            return truth is not null;
        },
        _ => true,
        value => value,
        () => new JObject { ["type"] = "boolean" });

    /// <summary><c>enabled</c> or <c>disabled</c>, as <c>az ml</c> writes access to networks.</summary>
    public static Format<bool> Enabled { get; } = OneOf(("enabled", true), ("disabled", false));

    /// <summary>A text that a pattern allows.</summary>
    /// <param name="allowed">The pattern in words.</param>
    /// <param name="pattern">The pattern, in the syntax that .NET and JSON schemas share.</param>
    public static Format<string> Matching(string allowed, string pattern)
    {
        // In .NET "$" matches before a line break at the end too; "\z", which schemas do not know, matches at the end only.
        var exact = pattern.EndsWith('$') ? pattern[..^1] + @"\z" : pattern;
        var regex = new Regex(exact, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        return new(
            allowed,
            (SpecScalar scalar, [MaybeNullWhen(false)] out string value) =>
            {
                value = scalar.Text;
                return scalar.Types.HasFlag(ScalarTypes.Text);
            },
            regex.IsMatch,
            value => value,
            () => new JObject { ["type"] = "string", ["pattern"] = pattern });
    }

    /// <summary>A whole number.</summary>
    public static Format<int> Whole(int least, int most) => new(
        $"a whole number from {least} to {most}",
        (SpecScalar scalar, out int value) =>
            int.TryParse(Of(scalar, ScalarTypes.Number), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value),
        value => value >= least && value <= most,
        value => value,
        () => new JObject { ["type"] = "integer", ["minimum"] = least, ["maximum"] = most });

    /// <summary>A number above one bound and not above another.</summary>
    public static Format<double> NumberAbove(double bound, double most) => Number(
        Invariant($"a number above {bound}, at most {most}"),
        value => value > bound && value <= most,
        () => new JObject { ["type"] = "number", ["exclusiveMinimum"] = bound, ["maximum"] = most });

    /// <summary>A number between two bounds, which are allowed too.</summary>
    public static Format<double> NumberFrom(double least, double most) => Number(
        Invariant($"a number from {(decimal)least} to {(decimal)most}"), // Decimals are written without an exponent.
        value => value >= least && value <= most,
        () => new JObject { ["type"] = "number", ["minimum"] = (decimal)least, ["maximum"] = (decimal)most });

    /// <summary>A number not below one bound and below another.</summary>
    public static Format<double> NumberBelow(double least, double bound) => Number(
        Invariant($"a number from {least} to below {bound}"),
        value => value >= least && value < bound,
        () => new JObject { ["type"] = "number", ["minimum"] = least, ["exclusiveMaximum"] = bound });

    /// <summary>A time with its unit.</summary>
    public static Format<TimeSpan> Time(TimeSpan least, TimeSpan most) => new(
        $"{Duration.Allowed}; at least {Duration.Format(least)}, at most {Duration.Format(most)}",
        (SpecScalar scalar, out TimeSpan value) => Duration.TryParse(Of(scalar, ScalarTypes.Text), out value),
        value => value >= least && value <= most,
        value => Duration.Format(value),
        () => new JObject
        {
            ["type"] = "string",
            ["pattern"] = $"^{TimePattern}$",
            ["examples"] = new JArray("4s", "1h30m", "00:05:00", "PT5M"),
            ["$comment"] = $"from {Duration.Format(least)} to {Duration.Format(most)}",
        });

    /// <summary>A time with its unit, and with a minus sign when it is negative.</summary>
    /// <param name="most">The longest, either way.</param>
    public static Format<TimeSpan> SignedTime(TimeSpan most) => new(
        $"{Duration.Allowed}, with a minus sign or without one; at most {Duration.Format(most)} either way",
        (SpecScalar scalar, out TimeSpan value) =>
        {
            var text = Of(scalar, ScalarTypes.Text);
            var isNegative = text.StartsWith('-');
            var isTime = Duration.TryParse(isNegative ? text[1..] : text, out value);
            value = isNegative ? -value : value;
            return isTime;
        },
        value => value.Duration() <= most,
        value => $"{(value < TimeSpan.Zero ? "-" : "")}{Duration.Format(value.Duration())}",
        () => new JObject
        {
            ["type"] = "string",
            ["pattern"] = $"^-?{TimePattern}$",
            ["examples"] = new JArray("5m", "-90s"),
            ["$comment"] = $"at most {Duration.Format(most)} either way",
        });

    /// <summary>A time as a whole number of a unit, as <c>az ml</c> writes it.</summary>
    /// <param name="unit">The unit in the plural, for example <c>seconds</c>.</param>
    /// <param name="length">The length of one.</param>
    /// <param name="least">The fewest.</param>
    /// <param name="most">The most.</param>
    public static Format<TimeSpan> TimeIn(string unit, TimeSpan length, int least, int most) => new(
        $"a whole number of {unit} from {least} to {most}",
        (SpecScalar scalar, out TimeSpan value) =>
        {
            var isWhole = int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count);
            value = count * length;
            return isWhole;
        },
        value => value >= least * length && value <= most * length,
        value => (int)(value / length),
        () => new JObject { ["type"] = "integer", ["minimum"] = least, ["maximum"] = most });

    /// <summary>A time zone that this machine knows.</summary>
    public static Format<TimeZoneInfo> TimeZone { get; } = new(
        "the name of a time zone as IANA writes it, such as Europe/Berlin, or as Windows does",
        (SpecScalar scalar, [MaybeNullWhen(false)] out TimeZoneInfo value) =>
            TimeZoneInfo.TryFindSystemTimeZoneById(Of(scalar, ScalarTypes.Text), out value),
        _ => true,
        value => value.Id,
        () => new JObject { ["type"] = "string", ["examples"] = new JArray("UTC", "Europe/Berlin", "America/New_York") });

    /// <summary>A day of the week.</summary>
    public static Format<DayOfWeek> WeekDay { get; } = OneOf([.. Reading.WindowEdge.Days]);

    /// <summary>Where a window begins or ends.</summary>
    public static Format<WindowEdge> WindowEdge { get; } = new(
        Reading.WindowEdge.Allowed,
        (SpecScalar scalar, [MaybeNullWhen(false)] out WindowEdge value) =>
            (value = Reading.WindowEdge.Parse(Of(scalar, ScalarTypes.Text))) is not null,
        _ => true,
        value => $"{value}",
        () => new JObject { ["type"] = "string", ["pattern"] = Reading.WindowEdge.Pattern, ["examples"] = new JArray(Reading.WindowEdge.Examples) });

    /// <summary>One of some names, in any case, as it is written here.</summary>
    public static Format<string> Name(params ReadOnlySpan<string> names) => OneOf([.. names.ToArray().Select(name => (name, name))]);

    /// <summary>One of some names, in any case.</summary>
    public static Format<T> OneOf<T>(params (string Name, T Value)[] choices)
        where T : notnull => new(
        string.Join(", ", choices.Select(choice => choice.Name)),
        (SpecScalar scalar, [MaybeNullWhen(false)] out T value) =>
        {
            var text = Of(scalar, ScalarTypes.Text);
            var found = Array.FindIndex(choices, choice => string.Equals(choice.Name, text, StringComparison.OrdinalIgnoreCase));
            value = found < 0 ? default : choices[found].Value;
            return found >= 0;
        },
        _ => true,
        value => choices.First(choice => choice.Value.Equals(value)).Name,
        () => new JObject { ["type"] = "string", ["enum"] = new JArray(choices.Select(choice => choice.Name)) });

    private static Format<double> Number(string allowed, Predicate<double> isAllowed, Func<JObject> schema) => new(
        allowed,
        (SpecScalar scalar, out double value) =>
            double.TryParse(Of(scalar, ScalarTypes.Number), NumberStyles.Float, CultureInfo.InvariantCulture, out value),
        isAllowed,
        value => value,
        schema);

    private static string Of(SpecScalar scalar, ScalarTypes type) => scalar.Types.HasFlag(type) ? scalar.Text : "";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
