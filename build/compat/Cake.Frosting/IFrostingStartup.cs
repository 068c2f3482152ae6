using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting;

/// <summary>Registers a build's services in one place.</summary>
public interface IFrostingStartup
{
    /// <summary>Adds the services.</summary>
    /// <param name="services">The host's services; a later registration wins over an earlier one.</param>
    void Configure(IServiceCollection services);
}
