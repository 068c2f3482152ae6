using System.Runtime.CompilerServices;
using Cake.Cli;
using Cake.Core;
using Spectre.Console;

namespace Cake.Frosting.Hosting;

/// <summary>The modes that tell something instead of running tasks. They alone use Cake.Cli and Spectre.Console.</summary>
internal static class Listings
{
    /// <summary>Writes the version.</summary>
    /// <param name="console">The console to write to.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void WriteVersion(IConsole console) => new VersionFeature(new ProgramVersion()).Run(console);

    /// <summary>Writes the version and more.</summary>
    /// <param name="console">The console to write to.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void WriteInfo(IConsole console) => new InfoFeature(new ProgramVersion()).Run(console);

    /// <summary>Runs setup and teardown, and lists the tasks that would run between them.</summary>
    /// <param name="build">The build.</param>
    /// <param name="options">The command line.</param>
    /// <returns>A task that ends with the listing.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Task WriteDryRunAsync(Build build, HostOptions options)
    {
        var host = new DryRunScriptHost<IFrostingContext>(build.Engine, build.Context, build.Log);
        build.Configure(host.Settings, options);
        return host.RunTargetsAsync(options.Targets);
    }

    /// <summary>Writes the tasks as a tree of dependencies.</summary>
    /// <param name="build">The build.</param>
    /// <param name="options">The command line.</param>
    /// <returns>A task that ends with the listing.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Task WriteTreeAsync(Build build, HostOptions options) =>
        new TreeScriptHost(build.Engine, build.Context, build.Console).RunTargetsAsync(options.Targets);

    /// <summary>Writes the tasks with their descriptions.</summary>
    /// <param name="build">The build.</param>
    /// <param name="options">The command line.</param>
    /// <returns>A task that ends with the listing.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Task WriteDescriptionAsync(Build build, HostOptions options)
    {
        var console = build.GetService<IAnsiConsole>() ?? AnsiConsole.Console;
        return new DescriptionScriptHost(build.Engine, build.Context, console).RunTargetsAsync(options.Targets);
    }
}
