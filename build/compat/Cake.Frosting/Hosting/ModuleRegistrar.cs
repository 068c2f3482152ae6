using Cake.Core.Composition;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Hosting;

/// <summary>Collects what an engine module registers, and hands it over to the services.</summary>
internal sealed class ModuleRegistrar : ICakeContainerRegistrar
{
    private readonly List<ModuleRegistration> _registrations = [];

    /// <inheritdoc/>
    public ICakeRegistrationBuilder RegisterType(Type type) => Add(new ModuleRegistration(type, instance: null));

    /// <inheritdoc/>
    public ICakeRegistrationBuilder RegisterInstance<TImplementation>(TImplementation instance)
        where TImplementation : class => Add(new ModuleRegistration(typeof(TImplementation), instance));

    /// <summary>Writes everything that was collected to the services.</summary>
    /// <param name="services">The services to add to.</param>
    public void Transfer(IServiceCollection services)
    {
        foreach (var registration in _registrations)
        {
            registration.Transfer(services);
        }
    }

    private ModuleRegistration Add(ModuleRegistration registration)
    {
        _registrations.Add(registration);
        return registration;
    }
}
