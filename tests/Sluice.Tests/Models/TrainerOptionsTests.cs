using HeartClassifier.Trainer;

namespace Sluice.Tests.Models;

[Category("Unit")]
internal sealed class TrainerOptionsTests
{
    [Test]
    public void Values_may_follow_a_space_or_an_equals_sign()
    {
        var options = TrainerOptions.Parse(["--data", "a b.csv", "--output=c=d"]);

        Assert.That(options, Is.EqualTo(new TrainerOptions("a b.csv", "c=d", null, null)));
    }

    [TestCase("--data is missing.")]
    [TestCase("--output is missing.", "--data", "a")]
    [TestCase("--output needs a path.", "--data", "a", "--output")]
    [TestCase("--data is given twice.", "--data", "a", "--data=b")]
    [TestCase("'--dta' is not an option; there are --data, --output, --requests, --labelled.", "--dta", "a")]
    public void A_mistake_is_named(string complaint, params string[] arguments)
    {
        Assert.That(() => TrainerOptions.Parse(arguments), Throws.ArgumentException.With.Message.EqualTo(complaint));
    }
}
