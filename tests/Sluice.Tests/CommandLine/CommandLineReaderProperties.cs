using FsCheck;
using FsCheck.Fluent;
using Sluice.CommandLine;

namespace Sluice.Tests.CommandLine;

/// <summary>What holds for any command line.</summary>
[Category("Unit")]
internal sealed class CommandLineReaderProperties
{
    private static readonly IReadOnlyCollection<TargetInfo> Targets = TargetInfo.Of(typeof(Parameters).Assembly);

    private static readonly string[] Pieces =
    [
        "--target", "--target=Blue", "--target=Clenup", "-t", "Blue", "Cleanup", "--yes", "--delete-endpoint", "true", "false", "--steps",
        "10,50",
        "--steps=5,x", "--bake=1m", "--bake", "1m", "--port=0", "--port", "-1", "--", "-", "", "word", "--dry-run", "--dryrun",
        "--force", "-e",
        "--exclusive=no", "--output=json", "--verbosity", "quiet", "--tree", "--help", "=", "--=x", "-=x", "--model-name=a b", "---x",
    ];

    private static readonly Arbitrary<string[]> Lines = Gen
        .OneOf(Gen.Elements(Pieces), ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get))
        .ListOf().Select(words => words.ToArray()).ToArbitrary();

    [Test]
    public void Every_word_is_either_understood_or_a_mistake()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(Lines, words =>
        {
            var line = CommandLineReader.Read(words, Targets, _ => null);

            // Each argument uses one or two words, so that without a mistake none can be left over.
            return line.Mistakes.Length > 0
                || (line.Given.Values.Count <= words.Length && words.Length <= 2 * line.Given.Values.Count);
        }));
    }

    [Test]
    public void What_was_accepted_can_be_read_in_its_kind()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(Lines, words =>
        {
            var given = CommandLineReader.Read(words, Targets, _ => null).Given;

            return given.Values.Keys.All(argument => argument.Kind switch
            {
                ArgumentKind.Flag => given.Flag(argument) || !given.Flag(argument),
                ArgumentKind.Integer => given.Integer(argument) >= argument.Minimum && given.Integer(argument) <= argument.Maximum,
                ArgumentKind.Integers => given.Integers(argument) is { IsEmpty: false },
                ArgumentKind.Number => given.Number(argument) > 0,
                ArgumentKind.Duration => given.Duration(argument) >= TimeSpan.Zero,
                ArgumentKind.Choice => argument.Choices.Contains(given.Text(argument)!),
                _ => given.Text(argument) is { Length: > 0 },
            });
        }));
    }

    [Test]
    public void Writing_a_line_in_its_other_form_changes_nothing()
    {
        string[] all = ["target=Promote", "steps=10,50", "bake=5m", "retain=2", "model-name=x y", "exclusive=true", "latency=demo"];
        var assignments = Gen.SubListOf(all).ToArbitrary();

        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(assignments, chosen =>
        {
            var joined = CommandLineReader.Read([.. chosen.Select(each => $"--{each}")], Targets, _ => null);
            var apart = CommandLineReader.Read(
                [.. chosen.SelectMany(each => new[] { $"--{each.Split('=')[0]}", each.Split('=')[1] })], Targets, _ => null);

            return joined.Target == apart.Target
                && joined.Mistakes.SequenceEqual(apart.Mistakes)
                && joined.Given.Values.OrderBy(pair => pair.Key.Name).SequenceEqual(apart.Given.Values.OrderBy(pair => pair.Key.Name));
        }));
    }
}
