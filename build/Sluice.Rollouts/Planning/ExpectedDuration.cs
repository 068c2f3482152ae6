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

    /// <summary>The usual time of all actions and bakes of a forecast together.</summary>
    public static TimeSpan Of(Forecast forecast, RolloutSpec spec) =>
        forecast.Actions.Aggregate(Bakes(forecast, spec), (sum, planned) => sum + Of(planned.Action, spec.Emulator));

    private static TimeSpan Of(RolloutAction action, EmulatorSpec? emulator) => action switch
    {
        CreateDeployment => Operation(emulator, TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(2)),
        DeleteDeployment => Operation(emulator, TimeSpan.FromMinutes(5.5), TimeSpan.FromSeconds(1)),
        CreateEndpoint or DeleteEndpoint => Operation(emulator, TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(1)),
        SetTraffic => Operation(emulator, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(1)),
        TakeLook => TimeSpan.Zero,
        _ => Call,
    };

    private static TimeSpan Operation(EmulatorSpec? emulator, TimeSpan azure, TimeSpan demo) => emulator switch
    {
        null => azure,
        { Latency: LatencyProfile.Azure } => azure * emulator.TimeScale,
        { Latency: LatencyProfile.Demo } => (demo * emulator.TimeScale) + Call,
        _ => Call,
    };

    private static TimeSpan Bakes(Forecast forecast, RolloutSpec spec) => forecast.Actions
        .Select(planned => planned.Action)
        .OfType<SetTraffic>()
        .Where(shift => shift.Mark is not null)
        .Select(shift => spec.Strategy.Steps.FirstOrDefault(step => step.Weight == shift.Wanted[shift.Mark!.Candidate]
                && step.Mirror == (shift.Mirror?[shift.Mark.Candidate] ?? 0))?.Bake
            ?? spec.Strategy.FinalBake)
        .Aggregate(TimeSpan.Zero, (sum, bake) => sum + bake);
}
