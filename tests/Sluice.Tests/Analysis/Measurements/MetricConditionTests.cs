using Sluice.Rollouts.Analysis.Measurements;

namespace Sluice.Tests.Analysis.Measurements;

[Category("Unit")]
internal sealed class MetricConditionTests
{
    [TestCase("result < 1", 0.9, true)]
    [TestCase("result < 1", 1, false)]
    [TestCase("result <= 1", 1, true)]
    [TestCase("result <= 1", 1.1, false)]
    [TestCase("result > 1", 1.1, true)]
    [TestCase("result > 1", 1, false)]
    [TestCase("result >= 1", 1, true)]
    [TestCase("result >= 1", 0.9, false)]
    [TestCase("result == 1", 1, true)]
    [TestCase("result == 1", 2, false)]
    [TestCase("result != 1", 2, true)]
    [TestCase("result != 1", 1, false)]
    [TestCase("<=0.05", 0.05, true)]
    [TestCase("  >  -1.5e-3  ", 0, true)]
    [TestCase("< .5", 0.4, true)]
    [TestCase("< +2", 1, true)]
    [TestCase(">= 0 && < 1", 0, true)]
    [TestCase(">= 0 && < 1", 1, false)]
    [TestCase("< 0 || > 1", 2, true)]
    [TestCase("< 0 || > 1", 1, false)]
    [TestCase("< 0||result>1", 2, true)]
    public void A_value_meets_the_condition_or_does_not(string text, double value, bool holds) =>
        Assert.That(Parse(text).Holds(value), Is.EqualTo(holds));

    [TestCase(0, true)]
    [TestCase(1, false)]
    [TestCase(5, true)]
    [TestCase(8, false)]
    public void And_binds_closer_than_or(double value, bool holds) =>
        Assert.That(Parse("== 0 || > 3 && < 7").Holds(value), Is.EqualTo(holds));

    [Test]
    public void What_is_no_number_meets_nothing_but_unequal()
    {
        Assert.That(Parse("< 1 || >= 1 || == 1").Holds(double.NaN), Is.False);
        Assert.That(Parse("!= 1").Holds(double.NaN), Is.True);
    }

    [TestCase("<=0.050", "result <= 0.05")]
    [TestCase("result>1&&<2 ||==7", "result > 1 && result < 2 || result == 7")]
    public void A_condition_is_shown_as_it_was_understood(string text, string shown) =>
        Assert.That(Parse(text).ToString(), Is.EqualTo(shown));

    [TestCase("", "At position 1 is the end; allowed is result or <=, >=, ==, !=, < or >.")]
    [TestCase("   ", "At position 4 is the end; allowed is result or <=, >=, ==, !=, < or >.")]
    [TestCase("value < 1", "At position 1 is 'value < 1'; allowed is result or <=, >=, ==, !=, < or >.")]
    [TestCase("result", "At position 7 is the end; allowed is <=, >=, ==, !=, < or >.")]
    [TestCase("results < 1", "At position 7 is 's < 1'; allowed is <=, >=, ==, !=, < or >.")]
    [TestCase("result[0] < 1", "At position 7 is '[0] < 1'; allowed is <=, >=, ==, !=, < or >.")]
    [TestCase("result = 1", "At position 8 is '= 1'; allowed is <=, >=, ==, !=, < or >.")]
    [TestCase("result <", "At position 9 is the end; allowed is a number such as 0.95.")]
    [TestCase("result < much", "At position 10 is 'much'; allowed is a number such as 0.95.")]
    [TestCase("result < 5%", "At position 11 is '%'; allowed is &&, || or the end.")]
    [TestCase("result < 5ms", "At position 10 is '5ms'; allowed is a number such as 0.95.")]
    [TestCase("result < 1.2.3", "At position 10 is '1.2.3'; allowed is a number such as 0.95.")]
    [TestCase("result < 1,5", "At position 11 is ',5'; allowed is &&, || or the end.")]
    [TestCase("result < NaN", "At position 10 is 'NaN'; allowed is a number such as 0.95.")]
    [TestCase("result < 1e999", "At position 10 is '1e999'; allowed is a number of at most 1.7976931348623157E+308.")]
    [TestCase("< 1 and > 0", "At position 5 is 'and > 0'; allowed is &&, || or the end.")]
    [TestCase("< 1 &&", "At position 7 is the end; allowed is result or <=, >=, ==, !=, < or >.")]
    [TestCase("< 1 || || > 0", "At position 8 is '|| > 0'; allowed is result or <=, >=, ==, !=, < or >.")]
    public void A_mistake_says_where_it_is_and_what_is_allowed(string text, string expected)
    {
        var isOne = MetricCondition.TryParse(text, out var condition, out var mistake);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isOne, Is.False);
            Assert.That(condition, Is.Null);
            Assert.That(mistake, Is.EqualTo(expected));
        }
    }

    internal static MetricCondition Parse(string text)
    {
        Assert.That(MetricCondition.TryParse(text, out var condition, out var mistake), Is.True, mistake);
        return condition!;
    }
}
