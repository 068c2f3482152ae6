using Cake.Core;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;

namespace Sluice.Tests.CakeFrosting;

/// <summary>Runs a host inside the test process, with a console of its own.</summary>
internal static class TestHost
{
    /// <summary>Runs a host that has these tasks.</summary>
    /// <param name="tasks">The tasks, in the order in which an assembly would declare them.</param>
    /// <param name="args">The command line.</param>
    public static HostResult Run(Type[] tasks, params string[] args) => Run(tasks, _ => { }, args);

    /// <summary>Runs a host that has these tasks and more.</summary>
    /// <param name="tasks">The tasks, in the order in which an assembly would declare them.</param>
    /// <param name="configure">Completes the host.</param>
    /// <param name="args">The command line.</param>
    public static HostResult Run(Type[] tasks, Action<CakeHost> configure, params string[] args)
    {
        var console = new RecordingConsole();
        var steps = new Steps();
        var host = CakeHost.Create()
            .AddAssembly(new AssemblyOf(tasks))
            .ConfigureServices(services => services.AddSingleton<IConsole>(console).AddSingleton(steps));
        configure(host);

        var exitCode = host.Run(args);

        return new HostResult(exitCode, console.Output, console.Error, steps);
    }
}
