using Newtonsoft.Json.Linq;
using Sluice.CommandLine;
using Sluice.Rollouts.Spec.Reading;

namespace Sluice.Tests.Docs;

/// <summary>
/// The pages that are made of the code. After a change write them anew with
/// <c>UPDATE_DOCS=1 dotnet test tests/Sluice.Tests --filter FullyQualifiedName~GeneratedPageTests</c>.
/// </summary>
[TestFixture]
[Category("Unit")]
internal sealed class GeneratedPageTests
{
    private static IEnumerable<TestCaseData> Pages() =>
    [
        Page("docs/configuration.md", ConfigurationPage.Of(JObject.Parse(SpecSchema.Text()))),
        Page("docs/commands.md", CommandsPage.Of(TargetInfo.All)),
    ];

    /// <summary>A test that is called by its page, and not by all that stands on it.</summary>
    private static TestCaseData Page(string file, string expected) => new TestCaseData(file, expected).SetArgDisplayNames(file);

    [TestCaseSource(nameof(Pages))]
    public void A_page_is_what_the_code_says(string file, string expected)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(Repository.File(file), expected);
        }

        Assert.That(
            File.ReadAllText(Repository.File(file)).ReplaceLineEndings("\n"),
            Is.EqualTo(expected),
            $"Run the test again with the environment variable UPDATE_DOCS=1 and commit {file}.");
    }
}
