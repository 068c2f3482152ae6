using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Hosting;

/// <summary>The tasks and lifetimes of a build, registered with the engine.</summary>
internal sealed class Build
{
    private readonly IServiceProvider _provider;
    private readonly ICakeConfiguration _configuration;

    /// <summary>Initializes a new instance of the <see cref="Build"/> class, which registers everything with the engine.</summary>
    /// <param name="provider">The services of the run.</param>
    /// <exception cref="FrostingException">The tasks can't be put together.</exception>
    public Build(IServiceProvider provider)
    {
        _provider = provider;
        _configuration = provider.GetRequiredService<ICakeConfiguration>();
        Log = provider.GetRequiredService<ICakeLog>();
        Engine = provider.GetRequiredService<ICakeEngine>();
        Context = provider.GetRequiredService<IFrostingContext>();

        new TaskRegistrar(Engine, Context, Log).Register(provider.GetServices<IFrostingTask>());
        RegisterLifetimes();
    }

    /// <summary>Gets the engine that knows the tasks.</summary>
    public ICakeEngine Engine { get; }

    /// <summary>Gets the context of the run.</summary>
    public IFrostingContext Context { get; }

    /// <summary>Gets the log.</summary>
    public ICakeLog Log { get; }

    /// <summary>Gets the console.</summary>
    public IConsole Console => _provider.GetRequiredService<IConsole>();

    /// <summary>Sets what to run, and how.</summary>
    /// <param name="settings">The settings to complete.</param>
    /// <param name="options">The command line.</param>
    /// <returns>The same settings.</returns>
    public ExecutionSettings Configure(ExecutionSettings settings, HostOptions options)
    {
        settings.SetTargets(options.Targets);
        settings.UseUnifiedDependencyGraphForMultipleTargets(_configuration.GetBoolValue(SettingKeys.UnifiedGraph, defaultValue: true));
        return options.Exclusive ? settings.UseExclusiveTarget() : settings;
    }

    /// <summary>Gets a service that the build may have registered.</summary>
    /// <typeparam name="T">The type of the service.</typeparam>
    /// <returns>The service, or <see langword="null"/>.</returns>
    public T? GetService<T>()
        where T : class => _provider.GetService<T>();

    /// <summary>Runs the targets and writes the report.</summary>
    /// <param name="options">The command line.</param>
    /// <returns>A task that ends with the run.</returns>
    /// <exception cref="CakeReportException">A task or a lifetime failed.</exception>
    public async Task RunAsync(HostOptions options)
    {
        var strategy = _provider.GetRequiredService<IExecutionStrategy>();
        try
        {
            WriteReport(await Engine.RunTargetAsync(Context, strategy, Configure(new ExecutionSettings(), options)));
        }
        catch (CakeReportException exception)
        {
            WriteReport(exception.Report);
            throw;
        }
    }

    private void WriteReport(CakeReport? report)
    {
        if (report is { IsEmpty: false } && !_configuration.GetBoolValue(SettingKeys.NoReport))
        {
            _provider.GetRequiredService<ICakeReportPrinter>().Write(report);
        }
    }

    private void RegisterLifetimes()
    {
        var lifetime = _provider.GetService<IFrostingLifetime>();
        foreach (var setup in Present(lifetime, _provider.GetService<IFrostingSetup>()))
        {
            Engine.RegisterSetupAction(info => setup.Setup(Context, info));
        }

        foreach (var teardown in Present(lifetime, _provider.GetService<IFrostingTeardown>()))
        {
            Engine.RegisterTeardownAction(info => teardown.Teardown(Context, info));
        }

        var taskLifetime = _provider.GetService<IFrostingTaskLifetime>();
        foreach (var setup in Present(taskLifetime, _provider.GetService<IFrostingTaskSetup>()))
        {
            Engine.RegisterTaskSetupAction(info => setup.Setup(Context, info));
        }

        foreach (var teardown in Present(taskLifetime, _provider.GetService<IFrostingTaskTeardown>()))
        {
            Engine.RegisterTaskTeardownAction(info => teardown.Teardown(Context, info));
        }
    }

    private static IEnumerable<T> Present<T>(params IEnumerable<T?> steps)
        where T : class => steps.OfType<T>();
}
