using System.ComponentModel;
using Cake.Cli;
using Cake.Cli.Infrastructure;
using Cake.Core.Diagnostics;
using Cake.Frosting;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console.Cli;
using Spectre.Console.Testing;
using CategoryAttribute = NUnit.Framework.CategoryAttribute;

namespace Sluice.Tests.CakeFrosting;

/// <summary>
/// The official host reads its command line by Spectre.Console.Cli; ours by a parser of its own, for the sake of the start. Here both
/// read the same random lines. (A name repeated in another case is left out: the official host forgets its values, ours keeps them.)
/// </summary>
[Category("Unit")]
internal sealed class CommandLineAgreementTests
{
    private static readonly string[] Pieces =
    [
        "--target", "--target=A", "-t", "-t=A", "A", "word", "true", "false", "--name", "--name=value", "--name:x=y", "--name=2", "--name=",
        "-n", "-n=1", "-xy", "-xy=1", "-et", "-ex", "-5", "5", "", "--", "-", "--n", "--1a", "--exclusive", "--exclusive=false",
        "-e", "-e=x", "--exclusive=maybe",
        "--version=1.2.3", "--verbosity", "-v", "quiet", "--verbosity=loud", "--working=.", "--a.b", "-a1",
        "--dryrun=false", "--tree=no", "-who=me", "--info=false", "a b",
    ];

    [Test]
    public void Both_parsers_read_any_line_alike()
    {
        var lines = Gen.Elements(Pieces).ListOf().Select(pieces => pieces.Take(6).ToArray()).ToArbitrary();

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(2000),
            Prop.ForAll(lines, line => (ReadHere(line) == ReadThere(line))
                .Label($"line: [{string.Join(", ", line)}]\nhere: {ReadHere(line)}\nthere: {ReadThere(line)}")));
    }

    private static string ReadHere(string[] line)
    {
        var given = new Given();
        var run = TestHost.Run(
            [],
            host => host.UseContext<ArgumentKeepingContext>().ConfigureServices(services => services.AddSingleton(given)),
            line);
        return run.ExitCode == -1 ? "refused" : string.Join(", ", given.Lines);
    }

    private static string ReadThere(string[] line)
    {
        var given = new Given();
        using var console = new TestConsole();
        var services = new ServiceCollection();
        services.AddSingleton(given);
        var app = new CommandApp<ReferenceCommand>(new TypeRegistrar(services));
        app.Configure(configuration =>
        {
            configuration.Settings.ConvertFlagsToRemainingArguments = true;
            configuration.Settings.Console = console;
        });
        return app.Run(line, CancellationToken.None) == -1 ? "refused" : string.Join(", ", given.Lines);
    }

    private sealed class ReferenceCommand(Given given) : Command<ReferenceSettings>
    {
        public override int Execute(CommandContext context, ReferenceSettings settings, CancellationToken cancellationToken)
        {
            given.Arguments = context.Remaining.ToCakeArguments(settings.Targets);
            return 0;
        }
    }

    private sealed class ReferenceSettings : CommandSettings
    {
        [CommandOption("-t|--target|--Target <TARGET>")]
        [DefaultValue(new[] { "Default" })]
        public string[] Targets { get; set; } = [];

        [CommandOption("-w|--working <PATH>")]
        public string? Working { get; set; }

        [CommandOption("-v|--verbosity <VERBOSITY>")]
        [TypeConverter(typeof(VerbosityConverter))]
        public Verbosity Verbosity { get; set; }

        [CommandOption("--dryrun|--noop|--whatif")]
        public bool DryRun { get; set; }

        [CommandOption("--tree|--showtree")]
        public bool Tree { get; set; }

        [CommandOption("-e|--exclusive")]
        public bool Exclusive { get; set; }

        [CommandOption("--version|--ver")]
        public bool Version { get; set; }

        [CommandOption("--info")]
        public bool Info { get; set; }
    }
}
