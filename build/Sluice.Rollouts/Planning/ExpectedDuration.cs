using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.Planning;

/// <summary>
/// How long an action usually takes; for people who wait, never for a decision. Azure's figures are those of public test
/// recordings: 20 s for a traffic update, 20 to 90 s for an endpoint, about 5 min for a deployment and for its deletion.
/// </summary>
public static class ExpectedDuration
{
    private static readonly TimeSpan Call = TimeSpan.FromSeconds(0.3);

    /// <summary>The usual time of all actions and waits of a forecast together.</summary>
    public static TimeSpan Of(Forecast forecast, RolloutSpec spec)
    {
        ArgumentNullException.ThrowIfNull(forecast);
        ArgumentNullException.ThrowIfNull(spec);
        return forecast.Actions.Aggregate(forecast.Waits, (sum, planned) => sum + Of(planned.Action, spec));
    }

    /// <summary>The usual time of one action.</summary>
    public static TimeSpan Of(RolloutAction action, RolloutSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return action switch
        {
            CreateDeployment => Operation(spec.Emulator, TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(2)),
            DeleteDeployment => Operation(spec.Emulator, TimeSpan.FromMinutes(5.5), TimeSpan.FromSeconds(1)),
            CreateEndpoint or DeleteEndpoint => Operation(spec.Emulator, TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(1)),
            SetTraffic => Operation(spec.Emulator, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(1)),
            TakeLook => TimeSpan.Zero,
            _ => Call,
        };
    }

    private static TimeSpan Operation(EmulatorSpec? emulator, TimeSpan azure, TimeSpan demo) => emulator switch
    {
        null => azure,
        { Latency: LatencyProfile.Azure } => azure * emulator.TimeScale,
        { Latency: LatencyProfile.Demo } => (demo * emulator.TimeScale) + Call,
        _ => Call,
    };
}
