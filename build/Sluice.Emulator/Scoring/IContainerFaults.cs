namespace Sluice.Emulator.Scoring;

/// <summary>What goes wrong where the containers of deployments answer.</summary>
internal interface IContainerFaults
{
    /// <summary>Whether there are any now; where there are none, a container is asked without a detour.</summary>
    bool HasAny { get; }

    /// <summary>Has a container answer a scoring request, and does to both what the faults in force say.</summary>
    /// <param name="deployment">The deployment's name.</param>
    /// <param name="trafficFor">How long the deployment has had traffic, by the service's clock; null when it never had any.</param>
    /// <param name="request">The request; it is left to the caller.</param>
    /// <param name="container">Has the container answer. It gives null when the container is stopping.</param>
    /// <returns>The answer, which the caller disposes of; null when the container is stopping.</returns>
    Task<ContainerAnswer?> PassAsync(
        string deployment, TimeSpan? trafficFor, ContainerRequest request, Func<ContainerRequest, ValueTask<ContainerAnswer?>> container);
}
