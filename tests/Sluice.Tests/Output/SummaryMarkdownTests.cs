using System.Collections.Immutable;
using Sluice.Output;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Journal;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Output;

[Category("Unit")]
internal sealed class SummaryMarkdownTests
{
    [TestCase("a | b", @"a \| b")]
    [TestCase("one\r\ntwo", "one two")]
    [TestCase("<img src=x>", @"&lt;img src=x\>")]
    [TestCase("![x](http://host)", @"\!\[x\]\(http://host\)")]
    [TestCase("`code` *b* _i_", @"\`code\` \*b\* \_i\_")]
    [TestCase("traffic is [default 90 %]", @"traffic is \[default 90 %\]")]
    public void A_text_from_elsewhere_is_nothing_but_text(string text, string markdown) =>
        Assert.That(MarkdownText.Plain(text), Is.EqualTo(markdown));

    [Test]
    public void A_gate_that_is_only_watched_is_told_apart_from_one_that_decides()
    {
        var record = new RunRecord(agent: null);
        record.Recorded(new GatesJudged(DateTimeOffset.UnixEpoch, 10, [Report("errors"), Report("drift") with { ObserveOnly = true }]));
        var summary = new Summary(
            Specs.First, [], "It ended.", null, [], 0, null, TimeSpan.FromSeconds(1), new() { Root = "/", Program = "./build.sh", Target = "Promote" });

        var lines = SummaryMarkdown.Lines("Promote", summary, record, "failed").ToArray();

        Assert.That(lines, Has.Some.StartsWith("| errors | Fail |").And.Some.StartsWith(@"| drift \(only watched\) | Fail |"));
    }

    private static GateReport Report(string gate) =>
        new(gate, VerdictKind.Fail, "3 < 5", IsConclusive: true, ImmutableSortedDictionary<string, double>.Empty);
}
