using System.Reflection;
using System.Runtime.CompilerServices;
using Cake.Core;
using Cake.Core.Composition;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Modules;
using Cake.Core.Packaging;
using Cake.DotNetTool.Module;
using Cake.NuGet;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cake.Frosting.Hosting;

/// <summary>What the host itself registers.</summary>
internal static class EngineServices
{
    /// <summary>Adds the engine with its log, console, report and default context.</summary>
    /// <param name="services">The services to add to.</param>
    public static void AddEngine(this IServiceCollection services)
    {
        services.AddModule(new CoreModule());
        services.AddSingleton<IConsole, CakeConsole>();
        services.AddSingleton<ICakeLog, CakeBuildLog>();
        services.AddSingleton<ICakeReportPrinter, CakeReportPrinter>();
        services.AddSingleton<IToolInstaller, ToolInstaller>();
        services.AddSingleton<IFrostingContext, FrostingContext>();
    }

    /// <summary>Adds what an engine module registers.</summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="module">The module.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddModule(this IServiceCollection services, ICakeModule module)
    {
        var registrar = new ModuleRegistrar();
        module.Register(registrar);
        registrar.Transfer(services);
        return services;
    }

    /// <summary>Adds the installers of NuGet packages and .NET tools when the build asks for a tool.</summary>
    /// <param name="services">The services to add to.</param>
    public static void AddInstallersIfNeeded(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(PackageReference)))
        {
            AddInstallers(services);
        }
    }

    /// <summary>Adds the public tasks of assemblies, in the order of their declaration.</summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="assemblies">The assemblies to search.</param>
    public static void AddTasks(this IServiceCollection services, IEnumerable<Assembly> assemblies)
    {
        foreach (var type in assemblies.SelectMany(assembly => assembly.GetExportedTypes()))
        {
            if (type is { IsClass: true, IsAbstract: false } && typeof(IFrostingTask).IsAssignableFrom(type))
            {
                services.AddSingleton(typeof(IFrostingTask), type);
            }
        }
    }

    /// <summary>Adds the arguments and the configuration that follow from the command line, unless the build brings its own.</summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="arguments">The arguments that are left to the tasks, and the targets.</param>
    public static void AddArguments(this IServiceCollection services, ILookup<string, string?> arguments)
    {
        services.TryAddSingleton<ICakeArguments>(new CakeArguments(arguments));
        services.TryAddSingleton(provider =>
        {
            var environment = provider.GetRequiredService<ICakeEnvironment>();
            return new CakeConfigurationProvider(provider.GetRequiredService<IFileSystem>(), environment).CreateConfiguration(
                environment.WorkingDirectory,
                provider.GetServices<CakeSetting>().Select(setting => KeyValuePair.Create(setting.Key, setting.Value)),
                arguments.ToDictionary(argument => argument.Key, argument => argument.Last() ?? "", StringComparer.OrdinalIgnoreCase));
        });
    }

    // Apart, so that the assemblies of the installers are loaded by builds that install something, and by no other.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddInstallers(IServiceCollection services)
    {
        services.AddModule(new NuGetModule());
        services.AddModule(new DotNetToolModule());
    }
}
