using System.Globalization;
using System.Xml.Linq;
using Sluice.Rollouts.Reporting;

namespace Sluice.Reporting;

/// <summary>What both versions answered to the same rows: the stable deployment's answers down, the candidate's across.</summary>
internal static class AgreementTable
{
    /// <summary>The sentence, the matrix where the journal has its counts, and some rows that differ.</summary>
    /// <param name="matrix">The answers.</param>
    /// <param name="stable">The stable deployment; null when it is not known.</param>
    /// <param name="candidate">The candidate; null when it is not known.</param>
    public static IEnumerable<XElement> Of(AgreementMatrix matrix, string? stable, string? candidate)
    {
        yield return Markup.Element("p", string.Create(
            CultureInfo.InvariantCulture,
            $"{matrix.Agreed} of {matrix.Compared} rows were answered alike: {100.0 * matrix.Agreed / matrix.Compared:0.0} %."));
        if (!matrix.Labels.IsEmpty)
        {
            yield return Matrix(matrix, stable ?? "stable", candidate ?? "candidate");
        }

        if (!matrix.Disagreements.IsEmpty)
        {
            yield return Markup.Table(
                "Some rows that were answered differently",
                ["Row", stable ?? "stable", candidate ?? "candidate"],
                matrix.Disagreements.Select(row => (IReadOnlyList<object?>)
                [
                    row.Row.ToString(CultureInfo.InvariantCulture), Markup.Element("code", row.Stable), Markup.Element("code", row.Candidate),
                ]));
        }
    }

    private static XElement Matrix(AgreementMatrix matrix, string stable, string candidate)
    {
        var all = matrix.Counts.Sum(count => (double)count.Count);
        return Markup.Element(
            "div",
            Markup.Attribute("class", "scroll"),
            Markup.Attribute("role", "region"),
            Markup.Attribute("tabindex", "0"),
            Markup.Attribute("aria-label", "Agreement matrix"),
            Markup.Element(
                "table",
                Markup.Attribute("class", "matrix"),
                Markup.Element("caption", $"Agreement matrix: rows by the first label of each answer, {stable}’s down and {candidate}’s across"),
                Markup.Element("thead", Markup.Element(
                    "tr",
                    [Markup.Element("td", ""), .. matrix.Labels.Select(label => Markup.Element("th", Markup.Attribute("scope", "col"), $"{candidate}: {Words(label)}"))])),
                Markup.Element("tbody", [.. matrix.Labels.Select(down => Markup.Element(
                    "tr",
                    [
                        Markup.Element("th", Markup.Attribute("scope", "row"), $"{stable}: {Words(down)}"),
                        .. matrix.Labels.Select(across => Cell(matrix[down, across], all, isAlike: down == across && down is not null)),
                    ]))])));
    }

    /// <summary>The darker the cell, the more rows; what is alike and what is not differ in their frames, too.</summary>
    private static XElement Cell(int count, double all, bool isAlike) => Markup.Element(
        "td",
        Markup.Attribute("class", isAlike ? "alike" : "unlike"),
        Markup.Attribute("style", string.Create(CultureInfo.InvariantCulture, $"--share:{(all > 0 ? count / all * 40 : 0):0.#}%")),
        string.Create(CultureInfo.InvariantCulture, $"{count}"),
        Markup.Element("span", Markup.Attribute("class", "muted"), string.Create(CultureInfo.InvariantCulture, $" ({(all > 0 ? count / all * 100 : 0):0.#} %)")));

    private static string Words(string? label) => label ?? "any other";
}
