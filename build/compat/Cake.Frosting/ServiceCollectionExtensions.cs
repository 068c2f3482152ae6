using Cake.Core.Composition;
using Cake.Core.IO;
using Cake.Core.Packaging;
using Cake.Frosting.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting;

/// <summary>Registers the parts of a build as services.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Sets the context that tasks and lifetimes share. The last call counts.</summary>
    /// <typeparam name="TContext">The type of the context.</typeparam>
    /// <param name="services">The services to add to.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection UseContext<TContext>(this IServiceCollection services)
        where TContext : class, IFrostingContext => services.AddSingleton<IFrostingContext, TContext>();

    /// <summary>Sets what happens before the first task and after the last one.</summary>
    /// <typeparam name="TLifetime">The type of the lifetime.</typeparam>
    /// <param name="services">The services to add to.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection UseLifetime<TLifetime>(this IServiceCollection services)
        where TLifetime : class, IFrostingLifetime => services.AddSingleton<IFrostingLifetime, TLifetime>();

    /// <summary>Sets what happens before the first task.</summary>
    /// <typeparam name="TSetup">The type of the setup.</typeparam>
    /// <param name="services">The services to add to.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection UseSetup<TSetup>(this IServiceCollection services)
        where TSetup : class, IFrostingSetup => services.AddSingleton<IFrostingSetup, TSetup>();

    /// <summary>Sets what happens after the last task.</summary>
    /// <typeparam name="TTeardown">The type of the teardown.</typeparam>
    /// <param name="services">The services to add to.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection UseTeardown<TTeardown>(this IServiceCollection services)
        where TTeardown : class, IFrostingTeardown => services.AddSingleton<IFrostingTeardown, TTeardown>();

    /// <summary>Sets what happens before and after each task.</summary>
    /// <typeparam name="TLifetime">The type of the task lifetime.</typeparam>
    /// <param name="services">The services to add to.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection UseTaskLifetime<TLifetime>(this IServiceCollection services)
        where TLifetime : class, IFrostingTaskLifetime => services.AddSingleton<IFrostingTaskLifetime, TLifetime>();

    /// <summary>Sets what happens before each task.</summary>
    /// <typeparam name="TSetup">The type of the task setup.</typeparam>
    /// <param name="services">The services to add to.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection UseTaskSetup<TSetup>(this IServiceCollection services)
        where TSetup : class, IFrostingTaskSetup => services.AddSingleton<IFrostingTaskSetup, TSetup>();

    /// <summary>Sets what happens after each task.</summary>
    /// <typeparam name="TTeardown">The type of the task teardown.</typeparam>
    /// <param name="services">The services to add to.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection UseTaskTeardown<TTeardown>(this IServiceCollection services)
        where TTeardown : class, IFrostingTaskTeardown => services.AddSingleton<IFrostingTaskTeardown, TTeardown>();

    /// <summary>Adds an engine module, at once.</summary>
    /// <typeparam name="TModule">The type of the module.</typeparam>
    /// <param name="services">The services to add to.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection UseModule<TModule>(this IServiceCollection services)
        where TModule : ICakeModule, new()
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddModule(new TModule());
    }

    /// <summary>Adds an installer of packages, asked when a tool is to be installed.</summary>
    /// <typeparam name="TPackageInstaller">The type of the installer.</typeparam>
    /// <param name="services">The services to add to.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection UsePackageInstaller<TPackageInstaller>(this IServiceCollection services)
        where TPackageInstaller : class, IPackageInstaller => services.AddSingleton<IPackageInstaller, TPackageInstaller>();

    /// <summary>Installs a tool before the first task.</summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="uri">Where the tool comes from, e.g. <c>dotnet:?package=GitVersion.Tool</c>.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection UseTool(this IServiceCollection services, Uri uri) =>
        services.AddSingleton(new PackageReference(uri));

    /// <summary>Sets the working directory. The last call counts.</summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="path">The directory, relative to the current one or absolute; <c>--working</c> beats it.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection UseWorkingDirectory(this IServiceCollection services, DirectoryPath path) =>
        services.AddSingleton(new WorkingDirectory(path));

    /// <summary>Sets a default of the Cake configuration; environment, <c>cake.config</c> and command line beat it.</summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="key">The key of the setting, e.g. <c>Settings_NoReport</c>.</param>
    /// <param name="value">The value.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection UseCakeSetting(this IServiceCollection services, string key, string value) =>
        services.AddSingleton(new CakeSetting(key, value));

    /// <summary>Sets the directory that tools are installed into, the setting <c>Paths_Tools</c>.</summary>
    /// <param name="services">The services to add to.</param>
    /// <param name="toolPath">The directory.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection UseToolPath(this IServiceCollection services, DirectoryPath toolPath)
    {
        ArgumentNullException.ThrowIfNull(toolPath);
        return services.UseCakeSetting("Paths_Tools", toolPath.FullPath);
    }
}
