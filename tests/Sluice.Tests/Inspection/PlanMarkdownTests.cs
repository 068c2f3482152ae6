using System.Text.RegularExpressions;
using Sluice.Inspection;
using Sluice.Output;
using Sluice.Rollouts.Planning;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Inspection;

[Category("Unit")]
internal sealed partial class PlanMarkdownTests
{
    [Test]
    public async Task A_change_is_a_line_that_goes_and_one_that_comes_in_a_diff()
    {
        var lines = await LinesAsync();

        var block = lines.SkipWhile(line => line != "```diff").Skip(1).TakeWhile(line => line != "```").ToArray();
        Assert.That(block, Does.Contain("+ model version heart 3")
            .And.Contain("~ endpoint heart-endpoint")
            .And.Contain("-     traffic                green-2 100 %")
            .And.Contain("+     traffic                green-3 100 %")
            .And.Contain("- deployment default (deleted)")
            .And.Contain("+ deployment green-3"));
        Assert.That(block, Has.All.Match("^[-+~] "));
    }

    [Test]
    public async Task Every_row_of_a_table_has_the_cells_of_its_head_and_a_table_stands_alone()
    {
        var lines = await LinesAsync();
        var tables = 0;
        for (var index = 1; index < lines.Length; index++)
        {
            if (!lines[index].StartsWith("|--", StringComparison.Ordinal))
            {
                continue;
            }

            tables++;
            Assert.That(lines[index - 2], Is.Empty, lines[index - 1]);
            var cells = Cells(lines[index]);
            Assert.That(lines.Skip(index - 1).TakeWhile(line => line.Length > 0).Select(Cells), Is.All.EqualTo(cells));
        }

        Assert.That(tables, Is.EqualTo(4), "traffic, timetable, steps, instances");
    }

    [Test]
    public async Task What_others_wrote_is_no_mark_up()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();

        var lines = PlanMarkdown.Lines(await Looked.PlanAsync(rehearsal, Stage.Cleanup, "a | b\n## c <img src=x> @team `x` [l](u) ::warning::")).ToArray();

        Assert.That(lines[^1], Is.EqualTo("- a \\| b \\#\\# c &lt;img src=x\\> \\@team \\`x\\` \\[l\\]\\(u\\) ::warning::"));
    }

    [Test]
    public void A_fence_is_longer_than_any_in_the_block()
    {
        var lines = MarkdownText.Block("diff", ["+ one", "````", "two\n```"]).ToArray();

        Assert.That(lines, Is.EqualTo(new[] { "`````diff", "+ one", "````", "two ```", "`````" }));
    }

    private static int Cells(string row) => Bar().Count(row) - 1;

    private static async Task<string[]> LinesAsync()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        rehearsal.Spec = Specs.Second;
        return [.. PlanMarkdown.Lines(await Looked.PlanAsync(rehearsal))];
    }

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bar();
}
