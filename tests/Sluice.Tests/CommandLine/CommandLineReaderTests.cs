using System.Collections.Immutable;
using Sluice.CommandLine;

namespace Sluice.Tests.CommandLine;

[Category("Unit")]
internal sealed class CommandLineReaderTests
{
    private static readonly ImmutableArray<TargetInfo> Targets = TargetInfo.Of(typeof(Parameters).Assembly);

    [Test]
    public void Without_a_word_the_target_is_the_harmless_Default()
    {
        var line = Read([]);

        Assert.That(line.Target, Is.EqualTo("Default"));
        Assert.That(line.Mistakes, Is.Empty);
    }

    [TestCase("--target=Blue")]
    [TestCase("--target", "Blue")]
    [TestCase("-t", "Blue")]
    [TestCase("-t=Blue")]
    [TestCase("--TARGET=bLUE")]
    public void The_target_is_found_in_each_spelling_and_named_as_declared(params string[] words)
    {
        var line = Read(words);

        Assert.That(line.Mistakes, Is.Empty);
        Assert.That(line.Target, Is.EqualTo("Blue"));
    }

    [TestCase("--retry", ExpectedResult = true)]
    [TestCase("--retry=true", ExpectedResult = true)]
    [TestCase("--retry", "TRUE", ExpectedResult = true)]
    [TestCase("--retry=false", ExpectedResult = false)]
    [TestCase("--retry", "false", ExpectedResult = false)]
    [TestCase(ExpectedResult = false)]
    public bool A_flag_alone_is_true(params string[] words)
    {
        var line = Read(["--target=Cleanup", .. words]);

        Assert.That(line.Mistakes, Is.Empty);
        return line.Given.Flag(Arguments.Retry);
    }

    [Test]
    public void A_flag_leaves_the_argument_after_it_alone()
    {
        var line = Read(["--delete-endpoint", "--yes", "--target", "Cleanup"]);

        Assert.That(line.Mistakes, Is.Empty);
        Assert.That(line.Target, Is.EqualTo("Cleanup"));
    }

    [TestCase("--tree", "--showtree")]
    [TestCase("--dryrun", "--whatif")]
    [TestCase("--dryrun", "--noop")]
    [TestCase("--description", "--showdescriptions")]
    [TestCase("--version", "--ver")]
    [TestCase("--help", "-h")]
    [TestCase("--exclusive", "-e")]
    public void The_hosts_aliases_are_known(string name, string alias)
    {
        var argument = Arguments.All.Single(each => $"--{each.Name}" == name);

        Assert.That(Read([alias]).Given.Flag(argument), Is.True);
    }

    // Each of these was accepted, and ran something for real, when Cake's parser alone had the say.
    [TestCase("There is no argument --dry-run. Did you mean --dryrun?", "--dry-run")]
    [TestCase("There is no argument --targt. Did you mean --target?", "--targt=Canary")]
    [TestCase("There is no argument --targt. Did you mean --target?", "--targt", "Canary")]
    [TestCase("There is no argument --modelpath. Did you mean --model-path?", "--modelpath=x")]
    [TestCase("There is no argument --force. --help lists them.", "--force", "Canary")]
    [TestCase("There is no argument ---target. Did you mean --target?", "---target=Blue")]
    [TestCase("There is no argument -target. Did you mean --target?", "-target=Blue")]
    [TestCase("There is no argument --t. Did you mean -t?", "--t=Blue")]
    [TestCase("There is no argument -x. --help lists them.", "-x")]
    [TestCase("--target is 'Tset', which is no target. Did you mean Test?", "--target=Tset")]
    [TestCase("--target is 'Promotion', which is no target. Did you mean Promote?", "--target=Promotion")]
    [TestCase("--target is 'Xyzzyx', which is no target. Allowed:", "--target=Xyzzyx")]
    [TestCase("'word' belongs to no argument", "word")]
    [TestCase("'Canary' belongs to no argument; did you mean --target=Canary?", "--exclusive", "Canary")]
    [TestCase("'plan' belongs to no argument; did you mean --target=Plan?", "plan", "--config=config/prod.json")]
    [TestCase("'word' belongs to no argument", "--target=Blue", "--", "word")]
    [TestCase("'--' belongs to no argument", "--", "--target=Blue")]
    [TestCase("'-' belongs to no argument", "-")]
    [TestCase("'' belongs to no argument", "")]
    [TestCase("--target needs a value: --target=<text>.", "--target")]
    [TestCase("-t needs a value: --target=<text>.", "-t", "--exclusive")]
    [TestCase("--target is ''; allowed: a value that is not empty.", "--target=")]
    [TestCase("--target is ''; allowed: a value that is not empty.", "--target", "")]
    [TestCase("--target is given more than once.", "--target=Blue", "--target=Green")]
    [TestCase("-t is given more than once.", "--target=Blue", "-t", "Blue")]
    [TestCase("--exclusive is given more than once.", "-e", "--exclusive")]
    [TestCase("--exclusive is 'yes'; allowed: true or false, or nothing for true.", "--exclusive=yes")]
    [TestCase("--exclusive is ''; allowed: true or false, or nothing for true.", "--exclusive=")]
    [TestCase("--verbosity is 'loud'; allowed: quiet, minimal, normal, verbose, diagnostic", "--verbosity=loud")]
    [TestCase("-v is '3'; allowed: quiet", "-v=3")]
    public void A_misspelt_line_is_refused_in_a_sentence(string mistake, params string[] words)
    {
        var line = Read(words);

        Assert.That(line.Mistakes, Has.Some.Contains(mistake.TrimEnd('.')));
    }

    [TestCase("--instance-count=0", "a whole number from 1 to 1000")]
    [TestCase("--instance-count=1001", "a whole number from 1 to 1000")]
    [TestCase("--instance-count=two", "a whole number from 1 to 1000")]
    [TestCase("--instance-count=1.5", "a whole number from 1 to 1000")]
    [TestCase("--retain=-1", "a whole number from 0 to 18")]
    [TestCase("--port=65536", "a whole number from 0 to 65535")]
    [TestCase("--seed=99999999999", "a whole number from 0 to 2147483647")]
    [TestCase("--steps=10,", "a whole number from 1 to 99, with commas between, for example 10,50")]
    [TestCase("--steps=10;50", "a whole number from 1 to 99, with commas between, for example 10,50")]
    [TestCase("--steps=0,50", "a whole number from 1 to 99, with commas between, for example 10,50")]
    [TestCase("--steps=100", "a whole number from 1 to 99, with commas between, for example 10,50")]
    [TestCase("--time-scale=0", "a number above 0, for example 0.5")]
    [TestCase("--time-scale=0,5", "a number above 0, for example 0.5")]
    [TestCase("--time-scale=NaN", "a number above 0, for example 0.5")]
    [TestCase("--bake=5", "a time with its unit, for example 90s, 5m, 1h30m, 00:05:00 or PT5M")]
    [TestCase("--bake=soon", "a time with its unit, for example 90s, 5m, 1h30m, 00:05:00 or PT5M")]
    [TestCase("--latency=slow", "instant, demo, azure")]
    [TestCase("--credential=password", "default, azure-cli")]
    [TestCase("--model-path=", "a value that is not empty")]
    [TestCase("--load-rate=501", "a whole number from 0 to 500")]
    [TestCase("--rehearse=maybe", "true or false, or nothing for true")]
    public void A_bad_value_is_refused_with_its_name_what_was_found_and_what_is_allowed(string word, string allowed)
    {
        var (name, value) = (word.Split('=')[0], word.Split('=')[1]);

        var line = Read(["--target=Promote", word]);

        Assert.That(line.Mistakes, Has.Length.EqualTo(1));
        Assert.That(line.Mistakes[0], Does.StartWith($"{name} is '{value}'; allowed: {allowed}"));
    }

    [TestCase("0")]
    [TestCase("1001")]
    [TestCase("fast")]
    public void A_rehearsals_speed_has_a_range(string speed) => Assert.That(
        Read(["--target=Promote", "--rehearse", $"--speed={speed}"]).Mistakes,
        Has.Exactly(1).StartsWith($"--speed is '{speed}'; allowed: a whole number from 1 to 1000"));

    [Test]
    public void What_is_injected_is_refused_with_its_name_what_was_found_and_what_is_allowed() => Assert.That(
        Read(["--target=Promote", "--rehearse", "--inject=slow=2,errors=2"]).Mistakes,
        Is.EqualTo(new[] { "--inject is 'slow=2,errors=2'; allowed: in errors a number above 0, at most 1." }));

    [Test]
    public void Each_part_of_what_is_injected_is_refused_at_once() => Assert.That(
        Read(["--target=Promote", "--rehearse", "--inject=error=0.1,slow=0.5,drift=5"]).Mistakes,
        Is.EqualTo(new[]
        {
            "--inject is 'error=0.1,slow=0.5,drift=5'; allowed: errors instead of error; in slow a number above 1, at most 100; "
            + "in drift a number from -1 to 1, not 0.",
        }));

    [Test]
    public void A_speed_without_a_rehearsal_means_nothing() =>
        Assert.That(Read(["--target=Promote", "--speed=60"]).Mistakes, Has.Exactly(1).Contains("means nothing without --rehearse"));

    [TestCase("--exclusive")]
    [TestCase("--latency=demo")]
    [TestCase("--time-scale=2")]
    [TestCase("--port=1")]
    [TestCase("--emulator-folder=x")]
    [TestCase("--delete-endpoint", "--yes")]
    public void What_a_rehearsal_decides_itself_is_refused_beside_it(params string[] words) => Assert.That(
        Read(["--target=Cleanup", "--rehearse", .. words]).Mistakes,
        Has.Length.EqualTo(1).And.All.StartsWith($"{words[0].Split('=')[0]} means nothing with --rehearse"));

    [Test]
    public void Variables_that_are_meant_for_other_runs_do_not_disturb_a_rehearsal_or_make_one()
    {
        var rehearsal = Read(["--target=Promote", "--rehearse"], ("SLUICE_LATENCY", "demo"), ("SLUICE_PORT", "1"));
        var real = Read(
            ["--target=Promote"],
            ("SLUICE_REHEARSE", "true"), ("SLUICE_SPEED", "60"), ("SLUICE_INJECT", "errors=1"), ("SLUICE_LOAD_RATE", "5"));

        Assert.That(rehearsal.Mistakes, Is.Empty);
        Assert.That(real.Mistakes, Is.Empty);
        Assert.That(real.Given.Flag(Arguments.Rehearse), Is.False);
        Assert.That(real.Given.Injection(Arguments.Inject), Is.Null);
    }

    [Test]
    public void All_mistakes_are_said_at_once()
    {
        var line = Read(["--target=Tset", "--modelpath=x", "word", "--port=high", "--yes=maybe"]);

        Assert.That(line.Mistakes, Has.Length.EqualTo(5));
    }

    [Test]
    [SetCulture("de-DE")]
    public void Values_are_read_without_regard_to_the_culture()
    {
        var given = Read(
            ["--target=Promote", "--time-scale=0.5", "--steps=5,25,75", "--bake=1m30s", "--instance-count", "3", "--latency=DEMO"]).Given;

        Assert.That(given.Number(Arguments.TimeScale), Is.EqualTo(0.5));
        Assert.That(given.Integers(Arguments.Steps), Is.EqualTo(new[] { 5, 25, 75 }));
        Assert.That(given.Duration(Arguments.Bake), Is.EqualTo(TimeSpan.FromSeconds(90)));
        Assert.That(given.Integer(Arguments.InstanceCount), Is.EqualTo(3));
        Assert.That(given.Text(Arguments.Latency), Is.EqualTo("demo"));
    }

    [TestCase("--model-name=a=b", "a=b")]
    [TestCase("--model-name=--x", "--x")]
    [TestCase("--model-name=two words", "two words")]
    [TestCase("--model-name=\"quoted\"", "\"quoted\"")]
    [TestCase("--model-name=*", "*")]
    public void A_text_is_taken_as_it_stands(string word, string value) =>
        Assert.That(Read(["--target=Promote", word]).Given.Text(Arguments.ModelName), Is.EqualTo(value));

    [TestCase("--model-path=x", "SLUICE_MODEL_VERSION")]
    [TestCase("--model-version=1", "SLUICE_MODEL_PATH")]
    public void The_argument_beats_the_variable_of_what_says_the_same_in_another_way(string word, string variable)
    {
        var given = Read(["--target=Promote", word], (variable, "lost")).Given;

        Assert.That(given.Values.Values, Does.Not.Contain("lost"));
    }

    [Test]
    public void What_an_argument_and_what_a_variable_gives_are_told_apart()
    {
        var given = Read(["--target=Promote", "--model-name=heart"], ("SLUICE_RETAIN", "2")).Given;

        Assert.That(given.Source(Arguments.ModelName), Is.EqualTo("--model-name"));
        Assert.That(given.Source(Arguments.Retain), Is.EqualTo("The environment variable SLUICE_RETAIN"));
        Assert.That(given.ToOverrides().Variables, Is.EqualTo(new Dictionary<string, string>
        {
            ["--retain"] = "The environment variable SLUICE_RETAIN",
        }));
    }

    [Test]
    public void The_argument_beats_the_environment_and_the_environment_gives_the_rest()
    {
        var line = Read(["--target=Promote", "--model-name=given"], ("SLUICE_MODEL_NAME", "lost"), ("SLUICE_RETAIN", "2"));

        Assert.That(line.Mistakes, Is.Empty);
        Assert.That(line.Given.Text(Arguments.ModelName), Is.EqualTo("given"));
        Assert.That(line.Given.Integer(Arguments.Retain), Is.EqualTo(2));
    }

    [Test]
    public void What_destroys_the_endpoint_is_taken_from_the_command_itself_and_never_from_the_environment()
    {
        var line = Read(["--target=Cleanup"], ("SLUICE_DELETE_ENDPOINT", "true"), ("SLUICE_YES", "true"));

        Assert.That(line.Mistakes, Is.Empty);
        Assert.That(line.Given.Flag(Arguments.DeleteEndpoint), Is.False);
        Assert.That(line.Given.Flag(Arguments.Yes), Is.False);
    }

    [Test]
    public void A_bad_value_of_the_environment_names_its_variable()
    {
        var line = Read(["--target=Promote"], ("SLUICE_RETAIN", "many"));

        Assert.That(
            line.Mistakes,
            Is.EqualTo(new[] { "The environment variable SLUICE_RETAIN is 'many'; allowed: a whole number from 0 to 18." }));
    }

    [Test]
    public void The_environment_gives_nothing_to_a_target_that_takes_it_not_and_an_empty_variable_nothing_at_all()
    {
        var line = Read(["--target=Test"], ("SLUICE_RETAIN", "many"), ("SLUICE_FILTER", ""), ("SLUICE_TARGET", "Promote"));

        Assert.That(line.Mistakes, Is.Empty);
        Assert.That(line.Target, Is.EqualTo("Test"));
        Assert.That(line.Given.Text(Arguments.Filter), Is.Null);
    }

    [Test]
    public void An_argument_of_another_target_is_refused_and_its_targets_are_named()
    {
        var line = Read(["--target=Status", "--request-file=x.json"]);

        Assert.That(line.Mistakes, Is.EqualTo(new[] { "--request-file means nothing to the target Status; it is for Invoke." }));
    }

    [TestCase("--delete-endpoint")]
    [TestCase("--delete-endpoint", "--yes=false")]
    [TestCase("--delete-endpoint", "--tree=false")]
    [TestCase("--delete-endpoint", "--help=false", "--version=false")]
    public void Deleting_the_endpoint_wants_a_yes(params string[] words) =>
        Assert.That(Read(["--target=Cleanup", .. words]).Mistakes, Has.Exactly(1).Contains("confirm it with --yes"));

    [TestCase]
    [TestCase("--delete-endpoint=false")]
    public void A_yes_without_the_deletion_that_it_confirms_is_refused(params string[] words) => Assert.That(
        Read(["--target=Cleanup", "--yes", .. words]).Mistakes,
        Is.EqualTo(new[] { "--yes confirms --delete-endpoint; it means nothing without it." }));

    [TestCase]
    [TestCase("--watch=false")]
    public void An_interval_without_the_watch_that_it_paces_is_refused(params string[] words) => Assert.That(
        Read(["--target=Status", "--interval=10s", .. words]).Mistakes,
        Is.EqualTo(new[] { "--interval is how long --watch pauses; it means nothing without it." }));

    [Test]
    public void An_interval_is_taken_where_a_variable_says_to_watch_and_one_of_a_variable_everywhere()
    {
        Assert.That(Read(["--target=Status", "--interval=10s"], ("SLUICE_WATCH", "true")).Mistakes, Is.Empty);
        Assert.That(Read(["--target=Status"], ("SLUICE_INTERVAL", "10s")).Mistakes, Is.Empty);
    }

    [Test]
    public void No_name_or_alias_is_used_twice()
    {
        var names = Arguments.All.SelectMany(argument => argument.Aliases.Add(argument.Name));

        Assert.That(names, Is.Unique);
    }

    [Test]
    public void Names_are_kebab_case_and_each_argument_is_described()
    {
        Assert.That(Arguments.All.Select(argument => argument.Name), Is.All.Match("^[a-z]+(-[a-z]+)*$"));
        Assert.That(Arguments.All.Select(argument => argument.Description), Is.All.Not.Empty);
    }

    [Test]
    public void Every_target_reads_the_configuration_but_those_that_are_about_the_program_itself() => Assert.That(
        Targets.Select(target => target.Name).Where(target => !Arguments.IsConfigured(target)), Is.EqualTo(new[] { "Bench", "Default", "Test" }));

    [Test]
    public void The_targets_that_arguments_name_exist()
    {
        var named = Arguments.All.SelectMany(argument => argument.Targets).Distinct();

        Assert.That(named, Is.SubsetOf(Targets.Select(target => target.Name)));
    }

    private static CommandLineReading Read(string[] words, params (string Name, string Value)[] environment) => CommandLineReader.Read(
        words, Targets, name => environment.Where(variable => variable.Name == name).Select(variable => variable.Value).FirstOrDefault());
}
