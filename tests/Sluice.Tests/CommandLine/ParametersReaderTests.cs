using System.Collections.Immutable;
using Sluice.CommandLine;

namespace Sluice.Tests.CommandLine;

[Category("Unit")]
internal sealed class ParametersReaderTests
{
    private static readonly ImmutableArray<TargetInfo> Targets = TargetInfo.Of(typeof(Parameters).Assembly);

    [TestCase("--target=Test", ExpectedResult = "--settings_noreport=false --target=Test --verbosity=minimal")]
    [TestCase("--target=status", ExpectedResult = "--settings_noreport=true --target=Status --verbosity=minimal")]
    [TestCase("-t", "blue", "-e", "-v=Q", ExpectedResult = "--settings_noreport=false --target=Blue --verbosity=q --exclusive")]
    [TestCase("-t=blue", "--exclusive=false", ExpectedResult = "--settings_noreport=false --target=Blue --verbosity=minimal")]
    [TestCase("--whatif", "-t", "Promote", ExpectedResult = "--settings_noreport=false --target=Promote --verbosity=normal --dryrun")]
    [TestCase("--showtree", ExpectedResult = "--settings_noreport=true --target=Default --verbosity=minimal --tree")]
    [TestCase(
        "--target=Cleanup", "--delete-endpoint", "--yes", "--retain=1",
        ExpectedResult = "--settings_noreport=false --target=Cleanup --verbosity=minimal --exclusive",
        Description = "Sluice's own arguments do not reach the host, and deleting needs none of the line.")]
    public string The_host_is_handed_its_own_options_normalised(params string[] words)
    {
        var line = CommandLineReader.Read(words, Targets, _ => null);
        var parameters = new Parameters { Root = "/", Program = "./build.sh", Target = line.Target };

        return string.Join(' ', ParametersReader.ToHost(line, parameters));
    }

    [TestCase("--target=Promote", "--dryrun")]
    [TestCase("--target=Promote", "--tree")]
    [TestCase("--target=Test", null)]
    public void A_look_and_a_target_without_configuration_read_none(string first, string? second)
    {
        var (parameters, mistakes) = Read("/nowhere/at/all", [.. new[] { first, second }.OfType<string>()]);

        Assert.That(mistakes, Is.Empty);
        Assert.That(parameters, Has.Property("Spec").Null);
    }

    [Test]
    public void The_shipped_configuration_is_read_with_what_the_line_overrides()
    {
        var (parameters, mistakes) = Read(Repository.Root, "--target=Promote", "--steps=5,25", "--bake=1m", "--retain=3");

        Assert.That(mistakes, Is.Empty);
        Assert.That(parameters!.Spec!.Strategy.Steps.Select(step => step.Weight), Is.EqualTo(new[] { 5, 25 }));
        Assert.That(parameters.Stages, Has.Count.EqualTo(6));
    }

    [Test]
    public void Files_and_folders_that_do_not_exist_are_mistakes_of_the_line()
    {
        var (parameters, mistakes) = Read(Repository.Root, "--target=Invoke", "--request-file=missing.json", "--working=missing-folder");

        Assert.That(parameters, Is.Null);
        Assert.That(mistakes, Has.Exactly(2).EndsWith("which does not exist."));
        Assert.That(mistakes[0], Does.StartWith("--request-file is '").And.Contain(Path.GetFullPath("missing.json")));
        Assert.That(mistakes[1], Does.StartWith("--working is '"));
    }

    [Test]
    public void A_configuration_that_does_not_exist_is_named()
    {
        var (parameters, mistakes) = Read(Repository.Root, "--target=Promote", "--config=missing.json");

        Assert.That(parameters, Is.Null);
        Assert.That(mistakes, Has.Some.Contains("missing.json"));
    }

    private static (Parameters? Parameters, List<string> Mistakes) Read(string root, params string[] words)
    {
        var line = CommandLineReader.Read(words, Targets, _ => null);
        Assert.That(line.Mistakes, Is.Empty);
        var mistakes = new List<string>();
        return (new ParametersReader("./build.sh", root).Read(line, mistakes.Add, _ => { }), mistakes);
    }
}
