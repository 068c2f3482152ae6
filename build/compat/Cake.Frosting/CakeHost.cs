using System.Reflection;
using Cake.Frosting.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting;

/// <summary>
/// Runs the tasks of a build on the Cake engine. This is a stand-in for the official Cake.Frosting 7.0.0, source-compatible with it,
/// for feeds that lack the package.
/// </summary>
/// <remarks>
/// Tasks are the public classes that implement <see cref="IFrostingTask"/>, of the program's own assembly and of those added. The NuGet
/// and .NET tool installers are part of the run only when a tool is asked for, since they cost time at every start.
/// </remarks>
public sealed class CakeHost
{
    private readonly ServiceCollection _services = [];
    private readonly HashSet<Assembly> _assemblies = [];

    /// <summary>Initializes a new instance of the <see cref="CakeHost"/> class.</summary>
    public CakeHost()
    {
        _services.AddEngine();
        if (Assembly.GetEntryAssembly() is { } program)
        {
            _assemblies.Add(program);
        }
    }

    /// <summary>Creates a host.</summary>
    /// <returns>The host.</returns>
    public static CakeHost Create() => new();

    /// <summary>Searches one more assembly for tasks.</summary>
    /// <param name="assembly">The assembly; one that is searched already is not searched twice.</param>
    /// <returns>The host.</returns>
    public CakeHost AddAssembly(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        _assemblies.Add(assembly);
        return this;
    }

    /// <summary>Registers services, at once.</summary>
    /// <param name="services">Adds the services; a later registration wins over an earlier one and over the host's own.</param>
    /// <returns>The host.</returns>
    public CakeHost ConfigureServices(Action<IServiceCollection> services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services(_services);
        return this;
    }

    /// <summary>Runs what the command line asks for.</summary>
    /// <param name="args">The command line without the program's name.</param>
    /// <returns>
    /// 0 when all went well; the code of a <see cref="Cake.Core.CakeException"/> that reaches the host, else 1, when a task or anything
    /// around it failed; -1 when the command line can't be read.
    /// </returns>
    public int Run(IEnumerable<string> args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return new HostRun(_services, _assemblies).ExecuteAsync(args).GetAwaiter().GetResult();
    }
}
