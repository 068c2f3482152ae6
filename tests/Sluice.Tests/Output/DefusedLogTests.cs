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
        var run = TestHost.Run(
            [typeof(Quoting)], host => host.ConfigureServices(services => services.AddSingleton<ICakeLog, DefusedLog>()), "--target=Quoting");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.Contain("Error: the gate says ## vso[task.complete result=Succeeded;]fine"));
        Assert.That(run.Error, Does.Not.Contain("##vso[").And.Not.Match(@"(?m)^\s*::"));
    }

    [Test]
    public void A_message_that_begins_with_a_command_is_none()
    {
        var run = TestHost.Run(
            [typeof(Beginning)], host => host.ConfigureServices(services => services.AddSingleton<ICakeLog, DefusedLog>()), "--target=Beginning");

        Assert.That(run.Output, Does.Contain(": :add-mask::a"));
        Assert.That(run.Output, Does.Not.Match(@"(?m)^\s*::"));
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
