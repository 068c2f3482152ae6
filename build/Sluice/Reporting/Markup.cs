using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Sluice.Output;

namespace Sluice.Reporting;

/// <summary>
/// The elements of the page. They are XML, so whatever a text holds is encoded when it is written: no place of the page puts text together
/// with markup.
/// </summary>
internal static class Markup
{
    /// <summary>The namespace of HTML's elements.</summary>
    public static readonly XNamespace Html = "http://www.w3.org/1999/xhtml";

    /// <summary>An element.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">Elements, attributes and texts; null for nothing.</param>
    public static XElement Element(string name, params object?[] content) =>

        // Without any content it would be written as a tag that closes itself, which HTML reads as one that is open.
        new(Html + name, content.Select(part => part is string text ? Clean(text) : part), "");

    /// <summary>An element that has no content and no closing tag in HTML.</summary>
    public static XElement Void(string name, params XAttribute[] attributes) => new(Html + name, attributes.ToArray<object>());

    /// <summary>An attribute.</summary>
    public static XAttribute Attribute(string name, string value) => new(name, Clean(value));

    /// <summary>A time: for people in UTC, for programs in full.</summary>
    /// <param name="time">The time.</param>
    /// <param name="format">What people see of it.</param>
    public static XElement Time(DateTimeOffset time, string format = "d MMM yyyy, HH:mm:ss 'UTC'") => Element(
        "time",
        Attribute("datetime", time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
        time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture));

    /// <summary>A table with its heads; wide ones scroll within their place, also by keyboard.</summary>
    /// <param name="caption">What it shows; it names the place, too.</param>
    /// <param name="heads">The heads of the columns.</param>
    /// <param name="rows">The cells, text or elements; the first one of each row is its head.</param>
    public static XElement Table(string caption, IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<object?>> rows) => Element(
        "div",
        Attribute("class", "scroll"),
        Attribute("role", "region"),
        Attribute("tabindex", "0"),
        Attribute("aria-label", caption),
        Element(
            "table",
            Element("caption", caption),
            Element("thead", Element("tr", [.. heads.Select(head => Element("th", Attribute("scope", "col"), head))])),
            Element("tbody", [.. rows.Select(row => Element(
                "tr",
                [.. row.Select((cell, index) => index == 0 ? Element("th", Attribute("scope", "row"), cell) : Element("td", cell))]))])));

    /// <summary>How long something took.</summary>
    public static string Text(TimeSpan? duration) => duration is { } known && known >= TimeSpan.Zero ? Durations.Text(known) : "";

    /// <summary>A number for a table: four digits that count, or all before the point; nothing for none.</summary>
    public static string Text(double? number) =>
        number is { } known ? known.ToString(Math.Abs(known) < 1_000 ? "G4" : "#,0", CultureInfo.InvariantCulture) : "";

    /// <summary>A share in percent; nothing for none.</summary>
    /// <param name="share">The share, 0 to 1.</param>
    public static string Percent(double? share) => share is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known * 100:0.##} %") : "";

    /// <summary>The text without what no XML may hold: control characters, halves of surrogate pairs.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            clean.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString());
        }

        // A number and its percent sign belong to one line.
        return clean.Replace(" %", "\u00A0%").ToString();
    }
}
