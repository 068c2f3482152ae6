using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Reporting;

namespace Sluice.Reporting;

/// <summary>
/// A report as one HTML file that needs nothing else: no script, no request, and the same page for the same journal. It is XML, too.
/// </summary>
internal static class ReportPage
{
    /// <summary>Whatever may slip in, the browser neither runs nor fetches it.</summary>
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

    /// <summary>The page.</summary>
    public static string Of(RolloutReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var headline = ReportWords.Headline(report);
        var sections = SectionsOf(report).ToArray();
        var page = Markup.Element(
            "html",
            Markup.Attribute("lang", "en"),
            Markup.Element(
                "head",
                Markup.Void("meta", Markup.Attribute("charset", "utf-8")),
                Markup.Void("meta", Markup.Attribute("http-equiv", "Content-Security-Policy"), Markup.Attribute("content", Policy)),
                Markup.Void("meta", Markup.Attribute("name", "viewport"), Markup.Attribute("content", "width=device-width, initial-scale=1")),
                Markup.Void("meta", Markup.Attribute("name", "color-scheme"), Markup.Attribute("content", "light dark")),
                Markup.Void("meta", Markup.Attribute("name", "referrer"), Markup.Attribute("content", "no-referrer")),
                Markup.Element("title", $"{headline} – {ReportWords.Title(report).ToLowerInvariant()}"),
                Markup.Element("style", ReportStyle.Text)),
            Markup.Element(
                "body",
                Header(report, headline),
                Markup.Element(
                    "nav",
                    Markup.Attribute("aria-label", "Sections"),
                    Markup.Element("ul", [.. sections.Select(section => Markup.Element(
                        "li", Markup.Element("a", Markup.Attribute("href", $"#{section.Id}"), section.Title)))])),
                Markup.Element("main", [.. sections.Select(section => section.ToElement())]),
                Footer(report)));
        var text = new StringBuilder("<!DOCTYPE html>\n");
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, Indent = true, IndentChars = " ", NewLineChars = "\n" }))
        {
            page.WriteTo(writer);
        }

        return text.Append('\n').ToString();
    }

    private static IEnumerable<ReportSection> SectionsOf(RolloutReport report)
    {
        var charts = new ReportCharts(report);
        if (!report.Traffic.IsEmpty)
        {
            yield return new("traffic", "Traffic", [Side(charts.Traffic(), report.Minutes.IsEmpty ? null : charts.Requests())]);
        }

        if (!report.Next.IsEmpty)
        {
            yield return new("next", "Next", [Next(report)]);
        }

        yield return new("decisions", "Decisions", [Decisions(report)]);
        if (!report.Gates.IsEmpty)
        {
            yield return new("gates", "Gates", [GateTable(report), Explanation(report), Side([.. report.Gates.Select((gate, index) => GateChart(charts, gate, index))])]);
        }

        yield return new("errors", "Errors", [Side([.. Errors(report, charts)])]);
        yield return new("latency", "Latency", [Side([.. Latency(report, charts)])]);
        if (report.Agreement is { } agreement)
        {
            yield return new("agreement", "Agreement", [.. AgreementTable.Of(agreement, report.Stable, report.Candidate)]);
        }

        yield return new("timeline", "Timeline", [TimelineList(report)]);
        yield return new("runs", "Runs", [Runs(report)]);
        if (!report.Configuration.IsEmpty)
        {
            yield return new("configuration", "Configuration", [Configuration(report)]);
        }

        yield return new("links", "Links", [Links(report)]);
    }

    /// <summary>Charts side by side, where there is room.</summary>
    private static XElement Side(params XElement?[] charts) => Markup.Element("div", Markup.Attribute("class", "side"), charts);

    private static XElement Header(RolloutReport report, string headline)
    {
        var last = report.Traffic is [.., var span] ? $"{span.Live}" : null;
        var run = report.Runs.LastOrDefault();
        (string Name, object? Value)[] facts =
        [
            ("Endpoint", report.Fact(ConfigurationFacts.Endpoint)),
            ("Workspace", report.Fact(ConfigurationFacts.Workspace)),
            ("Candidate", report.Candidate),
            ("Stable before", report.Stable),
            ("Traffic at the end", last),
            ("Gates at the end", Verdicts(report)),
            ("Began", report.Began is { } began ? Markup.Time(began, "d MMM yyyy, HH:mm 'UTC'") : null),
            ("Took", report is { Began: { } from, Ended: { } to } ? Markup.Text(to - from) : null),
            ("By", string.Join(", ", report.Runs.Select(each => each.Person).OfType<string>().Distinct())),
            ("Commit", run?.Commit is { } commit ? Markup.Element("code", commit[..Math.Min(12, commit.Length)]) : null),
            ("Rollout", report.Rollout is { } id ? Markup.Element("code", id) : null),
        ];
        return Markup.Element(
            "header",
            Markup.Element("p", Markup.Attribute("class", "eyebrow"), ReportWords.Title(report)),
            Markup.Element("h1", headline),
            Markup.Element(
                "p",
                Markup.Attribute("class", "ending"),
                Markup.Element("span", Markup.Attribute("class", $"badge {Class(report.Ending.Kind)}"), ReportWords.Of(report.Ending.Kind)),
                " ",
                ReportWords.Caveat(report) + report.Ending.Why),
            Markup.Element("dl", Markup.Attribute("class", "facts"), facts
                .Where(fact => fact.Value is not null and not "")
                .Select(fact => Markup.Element("div", Markup.Element("dt", fact.Name), Markup.Element("dd", fact.Value)))));
    }

    /// <summary>How many gates said what at the end; those that are only watched are told apart, as nothing follows from them.</summary>
    private static string Verdicts(RolloutReport report) => string.Join(", ", report.Gates
        .GroupBy(gate => $"{ReportWords.Of(gate.Last.Kind)}{gate.Last.Remark}")
        .OrderByDescending(group => group.Count())
        .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key}")));

    private static XElement Footer(RolloutReport report) => Markup.Element(
        "footer",
        Markup.Element(
            "p",
            "Made by Sluice from the rollout’s journal alone",
            report.Ended is { } ended ? ", which was read up to " : "",
            report.Ended is { } end ? Markup.Time(end) : null,
            ".",
            report.UnreadableLines > 0
                ? string.Create(CultureInfo.InvariantCulture, $" {report.UnreadableLines} lines of the journal could not be read and are missing here.")
                : ""));

    private static XElement Next(RolloutReport report) => Markup.Table(
        "What a person could do when the latest run had ended",
        ["Command", "What it does, or when"],
        report.Next.Select(step => (IReadOnlyList<object?>)[step.Command is { } command ? Markup.Element("code", command) : "", step.When]));

    private static XElement Decisions(RolloutReport report)
    {
        var decisions = report.Decisions.ToArray();
        return decisions.Length == 0
            ? Markup.Element("p", "Nothing was decided.")
            : Markup.Table(
                "What was decided, and why",
                ["Time", "Decision", "Reason"],
                decisions.Select(moment => (IReadOnlyList<object?>)[Markup.Time(moment.Time, ReportWords.ClockOf(report)), moment.What, moment.Why]));
    }

    private static XElement GateTable(RolloutReport report) => Markup.Table(
        "What each gate said last",
        ["Gate", "Answer", "Why"],
        report.Gates.Select(gate => (IReadOnlyList<object?>)[gate.Last.Title, Badge(gate), gate.Last.Sentence]));

    private static XElement? Explanation(RolloutReport report) => report.Gates.Any(gate => gate.Scale == GateScale.Evidence)
        ? Markup.Element(
            "p",
            Markup.Attribute("class", "muted"),
            "An e-value is the evidence against the candidate, or for it; the charts have its logarithm. Where the evidence against it reaches the "
            + "threshold, the gate says Fail; where the evidence for it does, the Pass is certain. Both may be read at every look.")
        : null;

    private static XElement Badge(GateCurve gate) =>
        Markup.Element("span", Markup.Attribute("class", $"badge {Class(gate.Last.Kind)}"), ReportWords.Of(gate.Last.Kind));

    private static XElement? GateChart(ReportCharts charts, GateCurve gate, int index) =>
        gate.Scale == GateScale.None || !gate.Points.Any(point => point.Value is not null)
            ? null
            : charts.Gate(gate, string.Create(CultureInfo.InvariantCulture, $"gate-{index + 1}"));

    private static IEnumerable<XElement> Errors(RolloutReport report, ReportCharts charts)
    {
        if (report.Minutes.IsEmpty && report.Looks.IsEmpty)
        {
            yield return Markup.Element("p", "The journal holds no counts of requests: no look was taken.");
        }

        if (!report.Minutes.IsEmpty)
        {
            yield return charts.Errors(report.Minutes, "callers-errors", "Failed requests of callers");
        }

        if (!report.Looks.IsEmpty)
        {
            yield return charts.Errors(report.Looks, "probe-errors", "Failed probes at each look");
        }
    }

    private static IEnumerable<XElement> Latency(RolloutReport report, ReportCharts charts)
    {
        var minutes = report.Minutes.Where(HasLatency).ToArray();
        var looks = report.Looks.Where(HasLatency).ToArray();
        if (minutes.Length + looks.Length == 0)
        {
            yield return Markup.Element(
                "p", "The journal holds no latencies: no gate compared the deployments by traffic or by replay.");
        }

        if (minutes.Length > 0)
        {
            yield return charts.Latency(
                minutes,
                "callers-latency",
                "Latency of callers’ requests",
                " Up to half of them may be rows that the rollout sent itself, for those are in the minutes of Azure Monitor, whose quantiles can’t be taken apart.");
        }

        if (looks.Length > 0)
        {
            yield return charts.Latency(looks, "probe-latency", "Latency of replayed rows");
        }

        static bool HasLatency(ComparedPoint point) => point.Stable?.Latency is not null || point.Candidate?.Latency is not null;
    }

    private static XElement TimelineList(RolloutReport report) => Markup.Element("ol", Markup.Attribute("class", "timeline"), report.Moments.Select(moment =>
        Markup.Element(
            "li",
            Markup.Attribute("class", moment.Kind.ToString().ToLowerInvariant()),
            Markup.Time(moment.Time, ReportWords.ClockOf(report)),
            " ",
            Markup.Element("span", Markup.Attribute("class", "kind"), ReportWords.Of(moment.Kind)),
            " ",
            Markup.Element(
                "span",
                Markup.Element("strong", moment.What),
                moment.Elapsed is null ? null : Markup.Element("span", Markup.Attribute("class", "muted"), $" in {Markup.Text(moment.Elapsed)}"),
                moment.Why.Length > 0 ? Markup.Element("span", Markup.Attribute("class", "why"), moment.Why) : null))));

    private static XElement Runs(RolloutReport report) => report.Runs.IsEmpty
        ? Markup.Element("p", "The journal names no run.")
        : Markup.Table(
            "Who ran it, when, and from which commit",
            ["Began", "Took", "Who", "Stages", "Ended as", "Commit"],
            report.Runs.Select(run => (IReadOnlyList<object?>)
            [
                Markup.Time(run.Started),
                run.Took is { } took ? Markup.Text(took) : "no end is written down",
                run.Actor ?? "",
                string.Join(", ", run.Stages),
                run.Outcome is { } outcome ? Output.OutcomeText.Of(outcome) : run.Ended is null ? "" : "an error or a signal",
                run.Commit is null ? "not known" : Markup.Element("code", run.Commit),
            ]));

    private static XElement Configuration(RolloutReport report) => Markup.Table(
        "What the latest run was configured to do",
        ["What", "Configured"],
        report.Configuration.Select(fact => (IReadOnlyList<object?>)[fact.Name, fact.Text]));

    private static XElement Links(RolloutReport report)
    {
        var links = report.Runs.SelectMany(LinksOf).DistinctBy(link => link.Address).ToArray();
        return links.Length == 0
            ? Markup.Element("p", "No pipeline ran it, so there is no page to link to; “Runs” says who started it where.")
            : Markup.Element("ul", [.. links.Select(link => Markup.Element(
                "li", Markup.Element("a", Markup.Attribute("href", link.Address.AbsoluteUri), Markup.Attribute("rel", "noreferrer"), link.Text)))]);
    }

    /// <summary>The page of the pipeline's run and, on GitHub, that of its commit: both lie below the repository.</summary>
    private static IEnumerable<(Uri Address, string Text)> LinksOf(ReportedRun run)
    {
        if (run.Actor is null || Actors.RunOf(run.Actor) is not { } address)
        {
            yield break;
        }

        yield return (address, $"The pipeline’s run of {run.Started.UtcDateTime.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture)} UTC");
        var repository = address.AbsoluteUri.IndexOf("/actions/runs/", StringComparison.Ordinal);
        if (repository > 0 && run.Commit is { } commit)
        {
            yield return (new Uri($"{address.AbsoluteUri[..repository]}/commit/{Uri.EscapeDataString(commit)}"), $"Commit {commit[..Math.Min(12, commit.Length)]}");
        }
    }

    private static string Class(EndingKind kind) => kind switch
    {
        EndingKind.Live => "good",
        EndingKind.RolledBack or EndingKind.Failed or EndingKind.Interrupted or EndingKind.Deleted => "bad",
        _ => "open",
    };

    private static string Class(Rollouts.Analysis.VerdictKind kind) => kind switch
    {
        Rollouts.Analysis.VerdictKind.Pass => "good",
        Rollouts.Analysis.VerdictKind.Fail or Rollouts.Analysis.VerdictKind.Error => "bad",
        _ => "open",
    };
}
