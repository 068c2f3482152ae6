using System.Xml.Linq;

namespace Sluice.Reporting;

/// <summary>A part of the page, with its heading.</summary>
/// <param name="Id">Its id, which links lead to.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Content">What is in it; null for nothing.</param>
internal sealed record ReportSection(string Id, string Title, IReadOnlyList<XElement?> Content)
{
    /// <summary>The part as it is written.</summary>
    public XElement ToElement() => Markup.Element(
        "section",
        Markup.Attribute("id", Id),
        Markup.Attribute("aria-labelledby", $"{Id}-heading"),
        Markup.Element("h2", Markup.Attribute("id", $"{Id}-heading"), Title),
        Content);
}
