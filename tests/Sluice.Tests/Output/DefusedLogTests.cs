using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Output;
using Sluice.Tests.CakeFrosting;

namespace Sluice.Tests.Output;

[Category("Unit")]
internal sealed class DefusedLogTests
{
    [Test]
    public void An_error_that_quotes_a_command_is_logged_and_is_none()
    {
        var run = TestHost.Run([typeof(Quoting)], WithLog, "--target=Quoting");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.Contain("Error: the gate says ## vso[task.complete result=Succeeded;]fine"));
        Assert.That(run.Error, Does.Not.Contain("##vso[").And.Not.Match(@"(?m)^\s*::"));
    }

    [Test]
    public void A_message_that_begins_with_a_command_is_none()
    {
        var run = TestHost.Run([typeof(Beginning)], WithLog, "--target=Beginning");

        Assert.That(run.Output, Does.Contain(": :add-mask::a"));
        Assert.That(run.Output, Does.Not.Match(@"(?m)^\s*::"));
    }

    [Test]
    public void A_stage_that_was_held_is_no_error_of_the_engine_and_still_ends_the_run()
    {
        var run = TestHost.Run([typeof(Stopping)], WithLog, "--target=Stopping");

        Assert.That(run.ExitCode, Is.EqualTo(1), "The host's code; the program has one for each outcome.");
        Assert.That(run.Error, Is.Empty);
        Assert.That(run.Output, Does.Not.Contain("error").IgnoreCase);
    }

    private static void WithLog(CakeHost host) => host.ConfigureServices(services => services
        .AddSingleton(new RunState(TextWriter.Null, AgentMask.Of(_ => null, TextWriter.Null), agent: null, CancellationToken.None))
        .AddSingleton<ICakeLog, DefusedLog>());

    [TaskName("Stopping")]
    private sealed class Stopping(RunState run) : FrostingTask
    {
        public override void Run(ICakeContext context)
        {
            run.IsStopped = true;
            throw new CakeException("Canary: it waits for an approval.");
        }
    }

    [TaskName("Beginning")]
    private sealed class Beginning : FrostingTask
    {
        public override void Run(ICakeContext context) => context.Log.Write(Verbosity.Quiet, LogLevel.Information, "{0}", "::add-mask::a");
    }

    [TaskName("Quoting")]
    private sealed class Quoting : FrostingTask
    {
        public override void Run(ICakeContext context) =>
            throw new CakeException("the gate says ##vso[task.complete result=Succeeded;]fine\n::set-env name=x::y");
    }
}
