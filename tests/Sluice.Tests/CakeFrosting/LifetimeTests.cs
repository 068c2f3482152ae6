using Cake.Core;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;

namespace Sluice.Tests.CakeFrosting;

[Category("Unit")]
internal sealed class LifetimeTests
{
    [Test]
    public void Setup_and_teardown_enclose_the_run_and_each_task()
    {
        var run = TestHost.Run(
            [typeof(First), typeof(Second)],
            host => host.UseLifetime<NotingLifetime>().UseTaskLifetime<NotingTaskLifetime>(),
            "--target=Second");

        Assert.That(run.Steps, Is.EqualTo(
            new[]
            {
                "setup for Second: First Second", "before First", "First", "after First", "before Second", "Second", "after Second",
                "teardown",
            }));
        Assert.That(run.Report, Is.EqualTo(
            new[] { "Setup Succeeded", "First Succeeded", "Second Succeeded", "Teardown Succeeded" }));
        var line = new string('-', 40);
        Assert.That(run.Output, Does.Contain($"{line}\nSetup\n{line}\n").And.Contain($"{line}\nTearDown\n{line}\n"));
    }

    [Test]
    public void The_last_lifetime_that_was_set_counts()
    {
        var run = TestHost.Run(
            [typeof(First)], host => host.UseLifetime<OtherLifetime>().UseLifetime<NotingLifetime>(), "--target=First");

        Assert.That(run.Steps, Is.EqualTo(new[] { "setup for First: First", "First", "teardown" }));
    }

    [Test]
    public void A_startup_class_may_register_everything()
    {
        var run = TestHost.Run([typeof(First)], host => host.UseStartup<Startup>(), "--target=First");

        Assert.That(run.Steps, Is.EqualTo(new[] { "setup for First: First", "First", "teardown" }));
    }

    [Test]
    public void A_module_may_register_everything_and_shares_one_object_among_its_services()
    {
        var run = TestHost.Run([typeof(First)], host => host.UseModule<Module>(), "--target=First");

        Assert.That(run.Steps, Is.EqualTo(new[] { "setup 1", "First", "teardown 2" }));
    }

    [Test]
    public void Services_are_disposed_at_the_end_of_the_run()
    {
        var run = TestHost.Run(
            [typeof(First)],
            host => host.ConfigureServices(services => services.AddSingleton<IFrostingLifetime, DisposableLifetime>()),
            "--target=First");

        Assert.That(run.Steps[^1], Is.EqualTo("disposed"));
    }

    [Test]
    public void A_host_may_run_twice()
    {
        var steps = new Steps();
        var host = CakeHost.Create().AddAssembly(new AssemblyOf(typeof(First)))
            .ConfigureServices(services => services.AddSingleton<IConsole, RecordingConsole>().AddSingleton(steps));

        var exitCodes = new[] { host.Run(["--target=First"]), host.Run(["--target=First"]) };

        Assert.That(exitCodes, Is.All.Zero);
        Assert.That(steps, Is.EqualTo(new[] { "First", "First" }));
    }

    private sealed class First(Steps steps) : NotingTask(steps);

    [IsDependentOn(typeof(First))]
    private sealed class Second(Steps steps) : NotingTask(steps);

    private sealed class OtherLifetime(Steps steps) : FrostingLifetime
    {
        public override void Setup(ICakeContext context, ISetupContext info) => steps.Add("other");

        public override void Teardown(ICakeContext context, ITeardownContext info) => steps.Add("other");
    }

    private sealed class DisposableLifetime(Steps steps) : FrostingLifetime, IDisposable
    {
        public override void Setup(ICakeContext context, ISetupContext info) => steps.Add("setup");

        public override void Teardown(ICakeContext context, ITeardownContext info) => steps.Add("teardown");

        public void Dispose() => steps.Add("disposed");
    }

    private sealed class CountingSteps(Steps steps) : IFrostingSetup, IFrostingTeardown
    {
        private int _count;

        public void Setup(ICakeContext context, ISetupContext info) => steps.Add($"setup {++_count}");

        public void Teardown(ICakeContext context, ITeardownContext info) => steps.Add($"teardown {++_count}");
    }

    private sealed class Startup : IFrostingStartup
    {
        public void Configure(IServiceCollection services) => services.UseLifetime<NotingLifetime>();
    }

    private sealed class Module : Cake.Core.Composition.ICakeModule
    {
        public void Register(Cake.Core.Composition.ICakeContainerRegistrar registrar) =>
            registrar.RegisterType(typeof(CountingSteps)).As(typeof(IFrostingSetup)).As(typeof(IFrostingTeardown)).Singleton();
    }
}
