using System.Collections.Immutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Sluice.Reporting;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Reporting;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Reporting;

[TestFixture]
[Category("Unit")]
internal sealed partial class ReportPageTests
{
    private const string Hostile = "<script>alert(1)</script> ]]> \"'&amp; \u0000\u001b\ud800 --> </style>";

    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task A_page_has_landmarks_headings_and_for_each_chart_a_name_a_description_and_a_table()
    {
        var page = Parse(ReportPage.Of((await ReportedRollouts.LiveAsync()).Report()));

        var charts = page.Descendants().Where(element => element.Name.LocalName == "svg" && (string?)element.Attribute("role") == "img").ToArray();
        var ids = page.Descendants().Attributes("id").Select(id => id.Value).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)page.Attribute("lang"), Is.EqualTo("en"));
            Assert.That(Named(page, "title").First().Value, Is.EqualTo("heart: green-2 is live in place of default – rollout report"));
            Assert.That(new[] { "header", "nav", "main", "footer", "h1" }.Select(name => Named(page, name).Count()), Has.All.EqualTo(1));
            Assert.That(charts, Has.Length.EqualTo(11), "traffic, requests, five gates, two of errors, two of latency");
            Assert.That(charts.Select(chart => chart.Parent!.Name.LocalName), Has.All.EqualTo("figure"));
            Assert.That(charts.SelectMany(chart => ((string)chart.Attribute("aria-labelledby")!).Split(' ')), Is.SubsetOf(ids));
            Assert.That(Named(page, "figure").Select(figure => Named(figure, "table").Count()), Has.All.EqualTo(1));
            Assert.That(Named(page, "table").Select(table => Named(table, "caption").Count()), Has.All.EqualTo(1));
            Assert.That(ids, Is.Unique);
            Assert.That(Named(page, "a").Attributes("href").Select(link => link.Value.TrimStart('#')), Is.SubsetOf(ids));
            Assert.That(Named(page, "h2").Select(head => head.Value), Does.Contain("Agreement").And.Contain("Configuration"));
        }
    }

    [Test]
    public async Task The_report_of_a_rehearsal_says_so_and_offers_no_command_on_what_it_speaks_of()
    {
        var rehearsal = ReportedRollouts.Rehearse();
        await rehearsal.RunAsync(
            request => request with { AfterRehearsal = outcome => new([new("./build.sh --target=Promote", $"rolls out; {outcome}")]) }, Rehearsal.Line);

        var page = Parse(ReportPage.Of(rehearsal.Report()));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Named(page, "title").First().Value, Is.EqualTo("Rehearsal of heart: green-2 is live in place of default – rehearsal report"));
            Assert.That(Named(page, "h1").Single().Value, Does.StartWith("Rehearsal of heart: "));
            Assert.That(Named(page, "header").Single().Value, Does.Contain("This was a rehearsal on a local Azure ML; nothing outside the machine was called. "));
            Assert.That(rehearsal.Report().Next.Select(step => (step.Command, step.When)), Is.EqualTo(new[] { ("./build.sh --target=Promote", "rolls out; Done") }));
            Assert.That(page.Value, Does.Not.Contain("--target=Rollback"));
        }
    }

    [Test]
    public async Task The_charts_of_callers_say_what_of_the_rollout_s_own_rows_is_in_them()
    {
        var page = Parse(ReportPage.Of((await ReportedRollouts.LiveAsync()).Report()));

        var captions = Named(page, "figcaption").Select(caption => caption.Value).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(captions, Has.One.StartsWith("Requests in each minute").And.One.Contains("the rows that the rollout sent itself are taken out"));
            Assert.That(captions, Has.One.StartsWith("Latency of callers’ requests").And.One.Contains("whose quantiles can’t be taken apart"));
        }
    }

    [Test]
    public async Task Nothing_on_a_page_runs_or_is_fetched()
    {
        var text = ReportPage.Of((await ReportedRollouts.LiveAsync()).Report());

        var page = Parse(text);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.StartWith("<!DOCTYPE html>\n<html").And.Contain("default-src 'none'; style-src 'unsafe-inline'; img-src data:"));
            Assert.That(page.Descendants().Select(element => element.Name.LocalName), Has.None.AnyOf("script", "link", "img", "image", "iframe", "object", "use", "foreignObject"));
            Assert.That(page.Descendants().Attributes().Where(attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal)), Is.Empty);
            Assert.That(Style(page), Does.Not.Contain("url(").And.Not.Contain("@import").And.Not.Contain("&gt;").And.Not.Contain(">"));
            Assert.That(Fetched().Matches(text).Select(match => match.Value), Has.All.Contain("url(#"));
        }
    }

    [Test]
    public async Task The_charts_take_all_their_colours_from_the_page()
    {
        var page = Parse(ReportPage.Of((await ReportedRollouts.LiveAsync()).Report()));

        var drawn = page.Descendants().Where(element => element.Ancestors().Any(above => above.Name.LocalName == "svg")).ToArray();
        var colours = drawn.Attributes("style").SelectMany(style => Colour().Matches(style.Value)).Select(match => match.Groups["colour"].Value).Distinct();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(colours, Is.SubsetOf(["none", "var(--ink)", "var(--grid)", "var(--stable)", "var(--candidate)", "var(--limit)", "var(--other)"]));
            Assert.That(drawn.Attributes().Select(attribute => attribute.Name.LocalName), Has.None.AnyOf("fill", "stroke", "font-family"));
            Assert.That(
                drawn.Where(element => element.Name.LocalName == "text" && element.Value.Length > 0), Is.Not.Empty, "text is text, whatever fonts the machine has");
        }
    }

    [Test]
    public async Task The_same_journal_makes_the_same_page()
    {
        var rehearsal = await ReportedRollouts.LiveAsync();

        var (first, second) = (ReportPage.Of(rehearsal.Report()), ReportPage.Of(rehearsal.Report()));

        Assert.That(second, Is.EqualTo(first));
    }

    [Test]
    public void Whatever_a_text_holds_stays_text()
    {
        var split = new Dictionary<string, int> { [Hostile] = 90, ["b" + Hostile] = 10 };
        var mark = new Sluice.Rollouts.State.RolloutMark(Hostile, Hostile, "b" + Hostile, Sluice.Rollouts.State.RolloutStatus.Canary);
        var numbers = ImmutableSortedDictionary<string, double>.Empty.Add("failLogE", 1).Add("passLogE", double.MaxValue).Add("threshold", 3);
        JournalEvent[] events =
        [
            new RunStarted(Noon, [Stage.Canary], Hostile, new(Hostile, 7, Noon), Hostile) { Commit = Hostile, Configuration = [new(Hostile, Hostile), new("Model", Hostile)] },
            new TrafficWritten(Noon.AddSeconds(1), split, mark, Hostile) { Mirror = split },
            new ActionStarted(Noon.AddSeconds(2), Hostile, Hostile),
            new ActionFailed(Noon.AddSeconds(3), Hostile, Hostile),
            new PairsAnswered(Noon.AddSeconds(4), Hostile, "b" + Hostile, new(2, 0, 0, 0, 2, 1, [1, 2], [1, 2], [], [], [new(1, Hostile, Hostile)]) { Answers = [new(Hostile, null, 2)] }),
            new ProbesAnswered(Noon.AddSeconds(4), "b" + Hostile, new(2, 1, Hostile)),
            new GatesJudged(Noon.AddSeconds(4), 10, [new(Hostile, VerdictKind.Fail, Hostile, false, numbers)]),
            new StageFinished(Noon.AddSeconds(5), Stage.Canary, Outcome.Held, Hostile),
            new RunEnded(Noon.AddSeconds(6), Outcome.Held),
        ];
        var report = RolloutReport.Of([.. events.Select(happened => happened with { Rollout = Hostile, Actor = Hostile })]);

        var text = ReportPage.Of(report);

        var page = Parse(text);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.Not.Contain("<script").And.Not.Contain("]]>"));
            Assert.That(text.Where(character => char.IsControl(character) || char.IsSurrogate(character)).Distinct(), Is.EqualTo(['\n']));
            Assert.That(text.Split("</style>"), Has.Length.EqualTo(2));
            Assert.That(Named(page, "h1").Single().Value, Does.Contain("<script>alert(1)</script> ]]> \"'&amp; \uFFFD\uFFFD\uFFFD"));
            Assert.That(Named(page, "a").Attributes("href").Select(link => link.Value), Has.All.StartWith("#"));
        }
    }

    [TestCase("ann at https://github.com/o/r/actions/runs/7", "https://github.com/o/r/actions/runs/7", "https://github.com/o/r/commit/0123456789abcdef0123456789abcdef01234567")]
    [TestCase("ann at https://dev.azure.com/o/p/_build/results?buildId=7", "https://dev.azure.com/o/p/_build/results?buildId=7")]
    [TestCase("ann at javascript:alert(1)")]
    [TestCase("ann at http://ci.example/7", "http://ci.example/7")]
    [TestCase("ann on desk-7")]
    public void Only_pages_of_a_pipeline_are_linked(string actor, params string[] links)
    {
        var report = RolloutReport.Of(
        [
            new RunStarted(Noon, [Stage.Canary], "", new("m", 7, Noon), null) { Actor = actor, Commit = "0123456789abcdef0123456789abcdef01234567" },
        ]);

        var page = Parse(ReportPage.Of(report));

        Assert.That(Named(page, "a").Attributes("href").Select(link => link.Value).Where(link => link[0] != '#'), Is.EqualTo(links));
    }

    [Test]
    public async Task Every_kind_of_rollout_has_a_page_from_every_point_on()
    {
        foreach (var command in RehearsedCommand.All)
        {
            var rehearsal = await command.PrepareAsync();
            await rehearsal.RunAsync(command.Ask, command.Stages);
            foreach (var rollout in rehearsal.Journal().Rollouts)
            {
                var events = rehearsal.Journal().Of(rollout);
                for (var count = 0; count <= events.Count; count += 7)
                {
                    Assert.DoesNotThrow(() => Parse(ReportPage.Of(RolloutReport.Of([.. events.Take(count)]))), $"{command}, {count} events");
                }

                Parse(ReportPage.Of(RolloutReport.Of(events)));
            }
        }
    }

    [Test]
    public void Of_thousands_of_looks_the_table_shows_some_and_says_so()
    {
        var looks = Enumerable.Range(0, 5000).Select(index => (JournalEvent)new ProbesAnswered(Noon.AddMinutes(index), "b", new(10, 0, null)));

        var text = ReportPage.Of(RolloutReport.Of([.. looks]));

        Assert.That(text, Does.Contain("201 of 5000 rows; the journal has all."));
        Assert.That(text, Has.Length.LessThan(1_500_000));
    }

    private static XElement Parse(string page) => XDocument.Parse(page).Root!;

    private static IEnumerable<XElement> Named(XElement page, string name) => page.Descendants(Markup.Html + name);

    private static string Style(XElement page) => Named(page, "style").Single().Value;

    [GeneratedRegex(@"(?:src|href|action|data)=""(?!#)[^""]*""|url\([^)]*\)")]
    private static partial Regex Fetched();

    [GeneratedRegex(@"(?:^|;)\s*(?:fill|stroke):(?<colour>[^;]+)")]
    private static partial Regex Colour();
}
