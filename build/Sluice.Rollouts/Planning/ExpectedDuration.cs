using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.Planning;

/// <summary>How long an action usually takes; for people who wait and for what is foreseen, never for what is done.</summary>
public static class ExpectedDuration
{
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
        var usual = UsualTimes.Of(spec);
        return action switch
        {
            CreateDeployment => usual.Deployment,
            DeleteDeployment => usual.DeploymentEnd,
            CreateEndpoint or DeleteEndpoint => usual.Endpoint,
            RegisterModel { Beside: { } create } => Of(create, spec),
            SetTraffic => usual.EndpointChange,
            TakeLook => TimeSpan.Zero,
            _ => UsualTimes.Call,
        };
    }
}
