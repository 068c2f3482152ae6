using Cake.Core.Composition;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Hosting;

/// <summary>One registration of an engine module: an implementation, and the services it stands for.</summary>
/// <param name="implementation">The implementing type.</param>
/// <param name="instance">The object to use, or <see langword="null"/> when the container is to make one.</param>
internal sealed class ModuleRegistration(Type implementation, object? instance) : ICakeRegistrationBuilder
{
    private readonly HashSet<Type> _services = [];
    private ServiceLifetime _lifetime = ServiceLifetime.Singleton;

    /// <inheritdoc/>
    public ICakeRegistrationBuilder As(Type type)
    {
        _services.Add(type);
        return this;
    }

    /// <inheritdoc/>
    public ICakeRegistrationBuilder AsSelf() => As(implementation);

    /// <inheritdoc/>
    public ICakeRegistrationBuilder Singleton()
    {
        _lifetime = ServiceLifetime.Singleton;
        return this;
    }

    /// <inheritdoc/>
    public ICakeRegistrationBuilder Transient()
    {
        _lifetime = ServiceLifetime.Transient;
        return this;
    }

    /// <summary>Writes the registration to the services.</summary>
    /// <param name="services">The services to add to.</param>
    public void Transfer(IServiceCollection services)
    {
        if (_services.Count <= 1)
        {
            services.Add(Describe(_services.SingleOrDefault(implementation)));
            return;
        }

        // Several services share one object, so all but one lead to the implementation itself.
        services.Add(Describe(implementation));
        foreach (var service in _services.Where(service => service != implementation))
        {
            services.Add(new ServiceDescriptor(service, provider => provider.GetRequiredService(implementation), _lifetime));
        }
    }

    private ServiceDescriptor Describe(Type service) =>
        instance is null ? new ServiceDescriptor(service, implementation, _lifetime) : new ServiceDescriptor(service, instance);
}
