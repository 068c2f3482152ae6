using System.Collections.Immutable;
using Sluice.CommandLine;

namespace Sluice.Tests.CommandLine;

[Category("Unit")]
internal sealed class HelpTextTests
{
    private static readonly ImmutableArray<TargetInfo> Targets = TargetInfo.Of(typeof(Parameters).Assembly);

    [Test]
    public void The_programs_help_names_each_target_with_its_description()
    {
        var help = string.Join('\n', HelpText.OfProgram("./build.sh", Targets));

        foreach (var target in Targets)
        {
            Assert.That(target.Description, Is.Not.Empty, target.Name);
            Assert.That(help, Does.Match($@"(?m)^  {target.Name} +{System.Text.RegularExpressions.Regex.Escape(target.Description)}$"));
        }
    }

    [Test]
    public void The_line_comes_first_and_in_its_order() => Assert.That(
        Targets.Take(7).Select(target => target.Name),
        Is.EqualTo(new[] { "Register", "Endpoint", "Blue", "Green", "Canary", "Promote", "Cleanup" }));

    [TestCaseSource(nameof(Targets))]
    public void A_targets_help_names_what_it_takes_and_nothing_else(object target)
    {
        var info = (TargetInfo)target;

        var help = HelpText.OfTarget("./build.sh", info).ToArray();

        foreach (var argument in Arguments.All.Where(argument => !argument.IsOfHost))
        {
            Assert.That(
                help.Any(line => line.TrimStart().StartsWith(argument.For(info.Name).Usage, StringComparison.Ordinal)),
                Is.EqualTo(argument.AppliesTo(info.Name)),
                argument.Name);
        }
    }

    [TestCase("Plan", "--output=<text|json|markdown>")]
    [TestCase("Status", "--output=<text|json>")]
    [TestCase("Doctor", "--output=<text|json>")]
    public void The_help_offers_the_forms_that_the_target_prints(string target, string usage) => Assert.That(
        HelpText.OfTarget("./build.sh", Targets.Single(each => each.Name == target)).Select(line => line.Trim().Split(' ')[0]), Has.One.EqualTo(usage));

    [Test]
    public void What_the_help_shows_as_usage_is_accepted_as_a_line()
    {
        foreach (var argument in Arguments.All.Where(argument => argument.Kind is ArgumentKind.Flag or ArgumentKind.Choice))
        {
            var target = argument == Arguments.Target || argument.Targets.IsEmpty ? "Promote" : argument.Targets[0];
            var words = argument.Kind == ArgumentKind.Flag
                ? [argument.Usage]
                : argument.Choices.Select(choice => $"--{argument.Name}={choice}");

            foreach (var word in words)
            {
                var mistakes = CommandLineReader.Read([$"--target={target}", word], Targets, _ => null).Mistakes;
                Assert.That(mistakes.Where(mistake => !mistake.Contains("--yes")), Is.Empty, word);
            }
        }
    }

    [TestCaseSource(nameof(Targets))]
    public void Each_example_of_a_target_is_a_line_that_it_takes(object target)
    {
        var info = (TargetInfo)target;

        Assert.That(info.Examples, Is.Not.Empty);
        foreach (var example in info.Examples)
        {
            var words = example.Arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Prepend($"--target={info.Name}").ToArray();
            Assert.That(CommandLineReader.Read(words, Targets, _ => null).Mistakes, Is.Empty, example.Arguments);
        }
    }

    [TestCaseSource(nameof(Targets))]
    public void No_line_of_the_help_is_wider_than_a_terminal_unless_it_is_one_word_of_usage(object target)
    {
        var help = HelpText.OfTarget("./build.sh", (TargetInfo)target);

        Assert.That(help.Where(line => line.Length > 120 && line.Trim().Contains(' ')), Is.Empty);
    }
}
