using System.Reflection;
using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Packaging;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Hosting;

/// <summary>One run of a host.</summary>
/// <param name="services">What the host and the build registered.</param>
/// <param name="assemblies">The assemblies to search for tasks.</param>
internal sealed class HostRun(IServiceCollection services, IEnumerable<Assembly> assemblies)
{
    private const int UnreadableCommandLine = -1;

    /// <summary>Does what the command line asks for.</summary>
    /// <param name="args">The command line without the program's name.</param>
    /// <returns>The exit code of the program.</returns>
    public async Task<int> ExecuteAsync(IEnumerable<string> args)
    {
        HostOptions options;
        try
        {
            options = HostOptionsParser.Parse(args);
        }
        catch (CommandLineException exception)
        {
            await using var console = services.BuildServiceProvider();
            console.GetRequiredService<IConsole>().WriteLine("Error: {0}", exception.Message);
            return UnreadableCommandLine;
        }

        await using var provider = Compose(options);
        try
        {
            await ExecuteAsync(provider, options);
            return 0;
        }
        catch (Exception exception)
        {
            return Failure.Report(provider.GetRequiredService<ICakeLog>(), exception);
        }
    }

    private ServiceProvider Compose(HostOptions options)
    {
        var composed = new ServiceCollection();
        foreach (var service in services)
        {
            ((ICollection<ServiceDescriptor>)composed).Add(service);
        }

        composed.AddInstallersIfNeeded();
        composed.AddTasks(assemblies);
        composed.AddArguments(options.Arguments);
        return composed.BuildServiceProvider();
    }

    private static Task ExecuteAsync(IServiceProvider provider, HostOptions options)
    {
        switch (options.Mode)
        {
            case HostMode.Help:
                HelpText.Write(provider.GetRequiredService<IConsole>());
                return Task.CompletedTask;
            case HostMode.Version:
                Listings.WriteVersion(provider.GetRequiredService<IConsole>());
                return Task.CompletedTask;
            case HostMode.Info:
                Listings.WriteInfo(provider.GetRequiredService<IConsole>());
                return Task.CompletedTask;
            default:
                return ExecuteTasksAsync(provider, options);
        }
    }

    private static Task ExecuteTasksAsync(IServiceProvider provider, HostOptions options)
    {
        SetWorkingDirectory(provider, options);

        var configuration = provider.GetRequiredService<ICakeConfiguration>();
        provider.GetRequiredService<ICakeLog>().Verbosity = configuration.GetVerbosity(options.Verbosity);
        foreach (var tool in provider.GetServices<PackageReference>())
        {
            provider.GetRequiredService<IToolInstaller>().Install(tool);
        }

        var build = new Build(provider);
        return options.Mode switch
        {
            HostMode.DryRun => Listings.WriteDryRunAsync(build, options),
            HostMode.Tree => Listings.WriteTreeAsync(build, options),
            HostMode.Description => Listings.WriteDescriptionAsync(build, options),
            _ => build.RunAsync(options),
        };
    }

    private static void SetWorkingDirectory(IServiceProvider provider, HostOptions options)
    {
        var path = options.WorkingDirectory ?? provider.GetService<WorkingDirectory>()?.Path;
        if (path is null)
        {
            return;
        }

        var environment = provider.GetRequiredService<ICakeEnvironment>();
        path = path.MakeAbsolute(environment);
        if (!provider.GetRequiredService<IFileSystem>().Exist(path))
        {
            throw new FrostingException($"The working directory '{path.FullPath}' does not exist.");
        }

        environment.WorkingDirectory = path;
    }
}
