using System.Globalization;
using System.Xml.Linq;
using OxyPlot;

namespace Sluice.Reporting;

/// <summary>
/// Draws a chart as SVG that takes its colours from the page: in the dark and on paper it is as readable as the text around it.
/// </summary>
/// <remarks>
/// OxyPlot and not ScottPlot: the latter draws with Skia, which leaves out every text on a machine without fonts (most containers have none),
/// writes to standard output itself for each dashed line, and brings a native library for each system.
/// </remarks>
internal static class ChartSvg
{
    /// <summary>The width in units of the drawing: half a page's, or a telephone's, so that text is as large as the text around it.</summary>
    public const int Width = 460;

    // The exporter knows colours only by number, so each name has a number that nothing else has.
    public static readonly OxyColor Ink = OxyColor.FromRgb(1, 2, 3);
    public static readonly OxyColor Grid = OxyColor.FromRgb(1, 2, 4);
    public static readonly OxyColor Stable = OxyColor.FromRgb(1, 2, 5);
    public static readonly OxyColor Candidate = OxyColor.FromRgb(1, 2, 6);
    public static readonly OxyColor Limit = OxyColor.FromRgb(1, 2, 7);
    public static readonly OxyColor Other = OxyColor.FromRgb(1, 2, 8);

    private static readonly (OxyColor Color, string Name)[] Names =
    [
        (Ink, "--ink"), (Grid, "--grid"), (Stable, "--stable"), (Candidate, "--candidate"), (Limit, "--limit"), (Other, "--other"),
    ];

    /// <summary>The page's name of a colour.</summary>
    public static string NameOf(OxyColor color) => Names.First(entry => entry.Color.Equals(color)).Name;

    /// <summary>Draws a chart.</summary>
    /// <param name="id">What its ids begin with; unique on the page.</param>
    /// <param name="title">Its accessible name.</param>
    /// <param name="description">What it shows, for whoever can't see it.</param>
    /// <param name="model">The chart, in the colours above.</param>
    /// <param name="height">The height in units of the drawing.</param>
    public static XElement Draw(string id, string title, string description, PlotModel model, int height)
    {
        var drawing = XElement.Parse(new SvgExporter { Width = Width, Height = height, IsDocument = false }.ExportToString(model));
        XNamespace svg = drawing.Name.Namespace;
        foreach (var element in drawing.Descendants())
        {
            Recolour(element);
            Rename(element, id);
        }

        return new(
            svg + "svg",
            new XAttribute("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {Width} {height}")),
            new XAttribute("role", "img"),
            new XAttribute("aria-labelledby", $"{id}-title {id}-description"),
            new XElement(svg + "title", new XAttribute("id", $"{id}-title"), Markup.Element("i", title).Value),
            new XElement(svg + "desc", new XAttribute("id", $"{id}-description"), Markup.Element("i", description).Value),
            drawing.Elements());
    }

    private static void Recolour(XElement element)
    {
        var style = (string?)element.Attribute("style") ?? "";
        foreach (var attribute in element.Attributes().Where(attribute => attribute.Name == "fill" || attribute.Name == "stroke").ToArray())
        {
            style += $";{attribute.Name}:{attribute.Value}";
            attribute.Remove();
        }

        foreach (var (color, name) in Names)
        {
            style = style.Replace(
                string.Create(CultureInfo.InvariantCulture, $"rgb({color.R},{color.G},{color.B})"), $"var({name})", StringComparison.Ordinal);
        }

        element.Attribute("font-family")?.Remove();
        element.SetAttributeValue("style", style.Length > 0 ? style.TrimStart(';') : null);
    }

    /// <summary>Each drawing counts its ids from 1, and the page has many drawings.</summary>
    private static void Rename(XElement element, string id)
    {
        if (element.Attribute("id") is { } own)
        {
            own.Value = $"{id}-{own.Value}";
        }

        if (element.Attribute("clip-path") is { } clip)
        {
            clip.Value = clip.Value.Replace("url(#", $"url(#{id}-", StringComparison.Ordinal);
        }
    }
}
