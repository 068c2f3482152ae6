using System.Globalization;
using Cake.Common;
using Cake.Core;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;

namespace Sluice.Tests.CakeFrosting;

[Category("Unit")]
internal sealed class ArgumentTests
{
    [TestCase("--name=value", ExpectedResult = "name = value")]
    [TestCase("--name", "value", ExpectedResult = "name = value")]
    [TestCase("--name:value", ExpectedResult = "name = value")]
    [TestCase("--name=a=b", ExpectedResult = "name = a=b")]
    [TestCase("--name==b", ExpectedResult = "name = =b")]
    [TestCase("--name=--other", ExpectedResult = "name = --other")]
    [TestCase("--name", "", ExpectedResult = "name = ")]
    [TestCase("--name", "-5", ExpectedResult = "name = -5")]
    [TestCase("--name=two words", ExpectedResult = "name = two words")]
    [TestCase("-s", "value", ExpectedResult = "s = value")]
    [TestCase("-s=value", ExpectedResult = "s = value")]
    [TestCase("-xyz", ExpectedResult = "x = (none), y = (none), z = (none)")]
    [TestCase("--flag", ExpectedResult = "flag = (none)")]
    [TestCase("--flag", "--other=1", ExpectedResult = "flag = (none), other = 1")]
    [TestCase("--name=a", "--NAME", "b", "--Name=c", ExpectedResult = "name = a|b|c")]
    [TestCase("--with-dash=1", "--with_dash=2", ExpectedResult = "with-dash = 1, with_dash = 2")]
    [TestCase("--", "--after=1", "word", "-z", ExpectedResult = "after = 1, z = (none)")]
    [TestCase("--name", "--", "word", ExpectedResult = "name = (none)")]
    [TestCase("--version=1.2.3", ExpectedResult = "version = 1.2.3")]
    [TestCase("--dry-run", ExpectedResult = "dry-run = (none)")]
    [TestCase("--exclusive", "--verbosity=quiet", "--working", ".", ExpectedResult = "")]
    public string Everything_that_is_not_the_hosts_own_is_left_to_the_tasks(params string[] line)
    {
        var (run, given) = Run(line);

        Assert.That(run.ExitCode, Is.Zero, run.ToString());
        return string.Join(", ", given.Lines.Where(argument => argument != "target = Default"));
    }

    [TestCase(ExpectedResult = "target = Default")]
    [TestCase("-t", "Other", ExpectedResult = "target = Other")]
    [TestCase("--target=Other", "--Target", "Default", ExpectedResult = "target = Other|Default")]
    [TestCase("--TARGET=Other", ExpectedResult = "TARGET = Other|Default", Description = "The host knows its options in one case only.")]
    [TestCase("--", "--target=Other", ExpectedResult = "target = Other|Default")]
    public string The_targets_are_arguments_too(params string[] line) => string.Join(", ", Run(line).Given.Lines);

    [TestCase("Error: Unknown command 'word'.", "word")]
    [TestCase("Error: Unknown command 'more'.", "--name", "value", "more")]
    [TestCase("Error: Unknown command 'maybe'.", "--exclusive", "maybe")]
    [TestCase("Error: Option 'target' is defined but no value has been provided.", "--target")]
    [TestCase("Error: Option 'target' is defined but no value has been provided.", "-t", "--name=x")]
    [TestCase("Error: Option 'working' is defined but no value has been provided.", "-who=me")]
    [TestCase("Error: Expected an option value.", "--name=")]
    [TestCase("Error: Expected an option value.", "--target=")]
    [TestCase("Error: Invalid long option name.", "--n=1")]
    [TestCase("Error: Invalid long option name.", "--1st=1")]
    [TestCase("Error: Invalid long option name.", "--na.me=1")]
    [TestCase("Error: Invalid long option name.", "--help", "--n")]
    [TestCase("Error: Option does not have a name.", "-")]
    [TestCase("Error: Short option does not have a valid name.", "-a1")]
    [TestCase("Error: Failed to convert 'loud' to ", "--verbosity=loud")]
    [TestCase("Error: Failed to convert '3' to ", "-v", "3")]
    public void A_line_that_cannot_be_read_is_told_on_standard_output_and_runs_nothing(string message, params string[] line)
    {
        var (run, given) = Run(line);

        Assert.That(run.ExitCode, Is.EqualTo(-1));
        Assert.That(run.Output, Does.StartWith(message));
        Assert.That(run.Error, Is.Empty);
        Assert.That(given.Arguments, Is.Null);
    }

    [Test]
    public void The_last_of_repeated_values_is_the_argument_and_all_are_its_list()
    {
        var (_, given) = Run("--name=1", "--name=2");

        var arguments = given.Arguments!;
        Assert.That(arguments.GetArgument("NAME"), Is.EqualTo("2"));
        Assert.That(arguments.GetArguments("NAME"), Is.EqualTo(new[] { "1", "2" }));
    }

    [Test]
    public void A_flag_without_a_value_is_there_and_yet_not_true()
    {
        var run = TestHost.Run([typeof(FlagReader)], "--target=FlagReader", "--flag");

        Assert.That(run.Steps, Is.EqualTo(new[] { "there: True, value: False" }));
    }

    [Test]
    [SetCulture("de-DE")]
    public void Values_are_converted_without_regard_to_the_culture()
    {
        Assume.That(CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator, Is.EqualTo(","));

        var run = TestHost.Run([typeof(NumberReader)], "--target=NumberReader", "--number=12.5", "--pause=00:00:01.5");

        Assert.That(run.Steps, Is.EqualTo(new[] { "12.5 1.5" }), run.ToString());
    }

    [TestCase("--number=12,5")]
    [TestCase("--other=1")]
    public void A_value_that_is_bad_or_missing_fails_the_task(string argument)
    {
        var run = TestHost.Run([typeof(NumberReader)], "--target=NumberReader", argument);

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Steps, Is.Empty);
    }

    private static (HostResult Run, Given Given) Run(params string[] line)
    {
        var given = new Given();
        var run = TestHost.Run(
            [typeof(Nothing), typeof(Other)],
            host => host.UseContext<ArgumentKeepingContext>().ConfigureServices(services => services.AddSingleton(given)),
            line);
        return (run, given);
    }

    [TaskName("Default")]
    private sealed class Nothing : FrostingTask;

    private sealed class Other : FrostingTask;

    private sealed class FlagReader(Steps steps) : FrostingTask
    {
        public override void Run(ICakeContext context) =>
            steps.Add($"there: {context.HasArgument("flag")}, value: {context.Argument("flag", false)}");
    }

    private sealed class NumberReader(Steps steps) : FrostingTask
    {
        public override void Run(ICakeContext context) => steps.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"{context.Argument<double>("number")} {context.Argument("pause", TimeSpan.Zero).TotalSeconds}"));
    }
}
