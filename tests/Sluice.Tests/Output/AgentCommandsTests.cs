using Newtonsoft.Json.Linq;
using Sluice.Output;

namespace Sluice.Tests.Output;

[Category("Unit")]
public sealed class AgentCommandsTests
{
    [TestCase("fine\n::set-output name=x::y")]
    [TestCase("fine\r\n##vso[task.setvariable variable=x]y")]
    [TestCase("##[error]not ours")]
    [TestCase("::add-mask::a")]
    [TestCase("  ::stop-commands::x\n  ::add-mask::a")]
    public void Text_from_elsewhere_can_not_become_a_command_of_the_agent(string text)
    {
        var lines = AgentCommands.Defuse(text).Split('\n');

        Assert.That(lines, Has.None.Matches<string?>(line => line!.TrimStart().StartsWith("::", StringComparison.Ordinal)
            || line.Contains("##vso[", StringComparison.Ordinal)
            || line.Contains("##[", StringComparison.Ordinal)));
    }

    [Test]
    public void Two_colons_within_a_text_stay_as_they_are() =>
        Assert.That(AgentCommands.Defuse("it listens on ::1"), Is.EqualTo("it listens on ::1"));

    [Test]
    public void A_document_in_which_a_string_is_a_command_means_the_same_without_it()
    {
        const string Document = """{"sentence":"##vso[task.complete result=Succeeded;]####[error]","n":[1,"#"]}""";

        var defused = AgentCommands.DefuseJson(Document);

        Assert.That(defused, Does.Not.Contain("##"));
        Assert.That(JToken.DeepEquals(JToken.Parse(defused), JToken.Parse(Document)));
    }
}
