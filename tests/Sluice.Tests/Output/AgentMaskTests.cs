using Sluice.Output;

namespace Sluice.Tests.Output;

[Category("Unit")]
internal sealed class AgentMaskTests
{
    private const string Signature = "sv=2025&sig=a%2Fb%3D";

    [TestCase("GITHUB_ACTIONS", "true", "::add-mask::sv=2025&sig=a%252Fb%253D")]
    [TestCase("TF_BUILD", "True", "##vso[task.setsecret]sv=2025&sig=a%AZP252Fb%AZP253D")]
    public void An_agent_is_told_what_to_blot_out_in_the_words_that_it_decodes(string variable, string value, string command)
    {
        using var commands = new StringWriter();
        var mask = AgentMask.Of(name => name == variable ? value : null, commands);

        var secret = mask.Hide(Signature);

        Assert.That(commands.ToString(), Is.EqualTo(command + Environment.NewLine));
        Assert.That(secret.Reveal(), Is.EqualTo(Signature));
    }

    [TestCase("GITHUB_ACTIONS", "false")]
    [TestCase("TF_BUILD", "")]
    [TestCase("CI", "true")]
    public void At_a_desk_nothing_is_written(string variable, string value)
    {
        using var commands = new StringWriter();

        AgentMask.Of(name => name == variable ? value : null, commands).Hide(Signature);

        Assert.That(commands.ToString(), Is.Empty);
    }

    [Test]
    public void A_value_is_told_once_and_nothing_is_no_value()
    {
        using var commands = new StringWriter();
        var mask = AgentMask.Of(_ => "true", commands);

        foreach (var value in new[] { "one", "", " ", "one", "two" })
        {
            mask.Hide(value);
        }

        Assert.That(commands.ToString().Split(Environment.NewLine), Is.EqualTo(new[] { "::add-mask::one", "::add-mask::two", "" }));
    }

    [Test]
    public void A_value_of_several_lines_is_one_command()
    {
        using var commands = new StringWriter();

        AgentMask.Of(_ => "true", commands).Hide("one\r\ntwo\n::set-env name=x::y");

        Assert.That(commands.ToString().TrimEnd(), Is.EqualTo("::add-mask::one%0D%0Atwo%0A::set-env name=x::y"));
    }
}
