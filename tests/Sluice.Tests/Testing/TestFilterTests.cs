using Sluice.Testing;

namespace Sluice.Tests.Testing;

[TestFixture]
[Category("Unit")]
internal sealed class TestFilterTests
{
    [TestCase(null, "FullyQualifiedName~Misspelt", "No test was run, for none matches FullyQualifiedName~Misspelt.")]
    [TestCase("Unit", "Name=X", "No test was run, for none matches (TestCategory=Unit)&(Name=X).")]
    [TestCase(null, null, "No test was run.")]
    public void A_run_without_a_test_is_no_success(string? category, string? filter, string sentence)
    {
        var parameters = new Parameters { Root = ".", Program = "./build.sh", Target = "Test", Category = category, TestFilter = filter };

        Assert.That(TestFilter.Obstacle(parameters, new(0, 0, 0)), Is.EqualTo(sentence));
        Assert.That(TestFilter.Obstacle(parameters, new(0, 0, 1)), Is.Null);
    }
}
