using System.Collections.Immutable;
using Sluice.Rollouts.Planning.Figures;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Diagnosis;

/// <summary>The cores of quota that managed deployments take.</summary>
public static class CoreNeeds
{
    /// <summary>The cores that instances take, with those of the instances that Azure keeps in reserve.</summary>
    /// <param name="instances">The instances, 0 or more.</param>
    /// <param name="size">Their size.</param>
    public static long Of(int instances, MachineSize size)
    {
        ArgumentNullException.ThrowIfNull(size);
        return (long)InstanceFigures.WithReserve(size.Name, instances) * size.Cores;
    }

    /// <summary>The deployments that a rollout has yet to make; what runs is in the region's usage already.</summary>
    /// <param name="spec">What is wanted.</param>
    /// <param name="endpoint">The endpoint; null when there is none.</param>
    public static ImmutableArray<DeploymentSpec> ToMake(RolloutSpec spec, EndpointState? endpoint)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (endpoint is { Traffic.IsNone: false })
        {
            return endpoint.Mark is { IsOpen: true } mark && endpoint.Deployment(mark.Candidate) is not null ? [] : [spec.Green];
        }

        ImmutableArray<DeploymentSpec> first = endpoint?.Deployment(spec.Blue.Name) is null ? [spec.Blue] : [];
        return spec.Model.Baseline is null ? first : first.Add(spec.Green);
    }
}
