using Sluice.Rollouts.Assets;

namespace Sluice.Tests.Spec;

/// <summary>The patterns of ignore files.</summary>
[TestFixture]
[Category("Unit")]
public sealed class IgnoreRulesTests
{
    [TestCase("*.log", "a.log", true)]
    [TestCase("*.log", "deep/down/a.log", true)]
    [TestCase("*.log", "a.log/inside", true)]
    [TestCase("*.log", "a.logs", false)]
    [TestCase("/a.log", "a.log", true)]
    [TestCase("/a.log", "deep/a.log", false)]
    [TestCase("deep/a.log", "deep/a.log", true)]
    [TestCase("deep/a.log", "more/deep/a.log", false)]
    [TestCase("logs/", "logs/a", true)]
    [TestCase("logs/", "deep/logs/a", true)]
    [TestCase("logs/", "logs", false)]
    [TestCase("**/a", "a", true)]
    [TestCase("**/a", "deep/down/a", true)]
    [TestCase("deep/**", "deep/down/a", true)]
    [TestCase("deep/**", "deep", false)]
    [TestCase("deep/**/a", "deep/a", true)]
    [TestCase("deep/**/a", "deep/down/more/a", true)]
    [TestCase("a?c", "abc", true)]
    [TestCase("a?c", "a/c", false)]
    [TestCase("[a-c].bin", "b.bin", true)]
    [TestCase("[!a-c].bin", "b.bin", false)]
    [TestCase("[!a-c].bin", "d.bin", true)]
    [TestCase("a.b", "axb", false)]
    [TestCase("# comment", "# comment", false)]
    [TestCase("\\# name", "# name", true)]
    [TestCase("\\!name", "!name", true)]
    [TestCase("name   ", "name", true)]
    [TestCase("", "name", false)]
    [TestCase("/", "name", false)]
    [TestCase("!", "name", false)]
    [TestCase("Name", "name", false)]
    public void A_pattern_matches_as_git_says(string pattern, string path, bool isExcluded)
    {
        Assert.That(IgnoreRules.Parse(".amlignore", [pattern]).Exclude(path), Is.EqualTo(isExcluded));
    }

    [Test]
    public void The_last_pattern_that_matches_wins()
    {
        var rules = IgnoreRules.Parse(".amlignore", ["*.log", "!keep.log", "/deep/keep.log"]);

        Assert.That(rules.Exclude("a.log"), Is.True);
        Assert.That(rules.Exclude("keep.log"), Is.False);
        Assert.That(rules.Exclude("deep/keep.log"), Is.True);
    }
}
