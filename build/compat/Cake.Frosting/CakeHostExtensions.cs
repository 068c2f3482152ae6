using Cake.Core.Composition;
using Cake.Core.IO;
using Cake.Core.Packaging;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting;

/// <summary>Puts the parts of a build together on the host.</summary>
public static class CakeHostExtensions
{
    /// <summary>Registers the services of a startup class, at once.</summary>
    /// <typeparam name="TStartup">The type of the startup class.</typeparam>
    /// <param name="host">The host to configure.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseStartup<TStartup>(this CakeHost host)
        where TStartup : IFrostingStartup, new() => host.With(services => new TStartup().Configure(services));

    /// <summary>Sets the context that tasks and lifetimes share. The last call counts.</summary>
    /// <typeparam name="TContext">The type of the context.</typeparam>
    /// <param name="host">The host to configure.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseContext<TContext>(this CakeHost host)
        where TContext : class, IFrostingContext => host.With(services => services.UseContext<TContext>());

    /// <summary>Sets what happens before the first task and after the last one.</summary>
    /// <typeparam name="TLifetime">The type of the lifetime.</typeparam>
    /// <param name="host">The host to configure.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseLifetime<TLifetime>(this CakeHost host)
        where TLifetime : class, IFrostingLifetime => host.With(services => services.UseLifetime<TLifetime>());

    /// <summary>Sets what happens before the first task.</summary>
    /// <typeparam name="TSetup">The type of the setup.</typeparam>
    /// <param name="host">The host to configure.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseSetup<TSetup>(this CakeHost host)
        where TSetup : class, IFrostingSetup => host.With(services => services.UseSetup<TSetup>());

    /// <summary>Sets what happens after the last task.</summary>
    /// <typeparam name="TTeardown">The type of the teardown.</typeparam>
    /// <param name="host">The host to configure.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseTeardown<TTeardown>(this CakeHost host)
        where TTeardown : class, IFrostingTeardown => host.With(services => services.UseTeardown<TTeardown>());

    /// <summary>Sets what happens before and after each task.</summary>
    /// <typeparam name="TLifetime">The type of the task lifetime.</typeparam>
    /// <param name="host">The host to configure.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseTaskLifetime<TLifetime>(this CakeHost host)
        where TLifetime : class, IFrostingTaskLifetime => host.With(services => services.UseTaskLifetime<TLifetime>());

    /// <summary>Sets what happens before each task.</summary>
    /// <typeparam name="TSetup">The type of the task setup.</typeparam>
    /// <param name="host">The host to configure.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseTaskSetup<TSetup>(this CakeHost host)
        where TSetup : class, IFrostingTaskSetup => host.With(services => services.UseTaskSetup<TSetup>());

    /// <summary>Sets what happens after each task.</summary>
    /// <typeparam name="TTeardown">The type of the task teardown.</typeparam>
    /// <param name="host">The host to configure.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseTaskTeardown<TTeardown>(this CakeHost host)
        where TTeardown : class, IFrostingTaskTeardown => host.With(services => services.UseTaskTeardown<TTeardown>());

    /// <summary>Adds an engine module, at once.</summary>
    /// <typeparam name="TModule">The type of the module.</typeparam>
    /// <param name="host">The host to configure.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseModule<TModule>(this CakeHost host)
        where TModule : ICakeModule, new() => host.With(services => services.UseModule<TModule>());

    /// <summary>Adds an installer of packages, asked when a tool is to be installed.</summary>
    /// <typeparam name="TPackageInstaller">The type of the installer.</typeparam>
    /// <param name="host">The host to configure.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UsePackageInstaller<TPackageInstaller>(this CakeHost host)
        where TPackageInstaller : class, IPackageInstaller => host.With(services => services.UsePackageInstaller<TPackageInstaller>());

    /// <summary>Installs a tool before the first task.</summary>
    /// <param name="host">The host to configure.</param>
    /// <param name="uri">Where the tool comes from, e.g. <c>dotnet:?package=GitVersion.Tool</c>.</param>
    /// <returns>The same host.</returns>
    public static CakeHost InstallTool(this CakeHost host, Uri uri) => host.With(services => services.UseTool(uri));

    /// <summary>Sets the working directory. The last call counts.</summary>
    /// <param name="host">The host to configure.</param>
    /// <param name="path">The directory, relative to the current one or absolute; <c>--working</c> beats it.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseWorkingDirectory(this CakeHost host, DirectoryPath path) =>
        host.With(services => services.UseWorkingDirectory(path));

    /// <summary>Sets a default of the Cake configuration; environment, <c>cake.config</c> and command line beat it.</summary>
    /// <param name="host">The host to configure.</param>
    /// <param name="key">The key of the setting, e.g. <c>Settings_NoReport</c>.</param>
    /// <param name="value">The value.</param>
    /// <returns>The same host.</returns>
    public static CakeHost UseCakeSetting(this CakeHost host, string key, string value) =>
        host.With(services => services.UseCakeSetting(key, value));

    /// <summary>Sets the directory that tools are installed into, the setting <c>Paths_Tools</c>.</summary>
    /// <param name="host">The host to configure.</param>
    /// <param name="path">The directory.</param>
    /// <returns>The same host.</returns>
    public static CakeHost SetToolPath(this CakeHost host, DirectoryPath path) => host.With(services => services.UseToolPath(path));

    private static CakeHost With(this CakeHost host, Action<IServiceCollection> services)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.ConfigureServices(services);
    }
}
