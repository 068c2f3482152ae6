using Sluice.Output;

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
}
