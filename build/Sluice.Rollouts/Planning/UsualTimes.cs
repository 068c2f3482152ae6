using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.Planning;

/// <summary>
/// How long the service's operations usually take: for people who wait, for what is foreseen, and for whoever asks whether one is done; never
/// for what is done. Azure's figures are those of public test recordings: 20 s for a traffic update, 20 to 90 s for an endpoint, about 5 min for
/// a deployment and for its deletion.
/// </summary>
/// <param name="Endpoint">The creation or deletion of an endpoint.</param>
/// <param name="EndpointChange">A change of an endpoint: of its traffic, for example.</param>
/// <param name="Deployment">The creation of a deployment.</param>
/// <param name="DeploymentEnd">Its deletion.</param>
public sealed record UsualTimes(TimeSpan Endpoint, TimeSpan EndpointChange, TimeSpan Deployment, TimeSpan DeploymentEnd)
{
    /// <summary>What one call takes in which the service has nothing to wait for.</summary>
    internal static TimeSpan Call { get; } = TimeSpan.FromSeconds(0.3);

    private static UsualTimes Azure { get; } =
        new(TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5.5));

    private static UsualTimes Demo { get; } =
        new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1));

    /// <summary>Those of the service that a rollout is for.</summary>
    public static UsualTimes Of(RolloutSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return spec.Emulator switch
        {
            null => Azure,
            { Latency: LatencyProfile.Azure } emulator => Azure.Times(emulator.TimeScale),
            { Latency: LatencyProfile.Demo } emulator => Demo.Times(emulator.TimeScale, Call),
            _ => new(Call, Call, Call, Call),
        };
    }

    private UsualTimes Times(double factor, TimeSpan more = default) =>
        new((Endpoint * factor) + more, (EndpointChange * factor) + more, (Deployment * factor) + more, (DeploymentEnd * factor) + more);
}
