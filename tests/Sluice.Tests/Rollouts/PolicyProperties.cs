using FsCheck.Fluent;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts;

/// <summary>Whatever the policy is and whatever is there: no write breaks it, and nothing else is broken for it.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class PolicyProperties
{
    private static readonly DateTime Start = new(2026, 1, 5, 8, 0, 0);

    [Test]
    public void Where_a_policy_is_closed_nothing_is_deployed_raised_or_deleted() =>
        Properties.Check(500, UnderAPolicy(), async scenario =>
        {
            var rehearsal = scenario.Rehearse();
            var watch = new InvariantWatch(rehearsal);
            var invariants = rehearsal.Workspace.OnWrite;
            var minutes = new MinuteByMinute(scenario.Spec.Policy);
            var broken = new List<string>();
            rehearsal.Workspace.OnWrite = write =>
            {
                invariants(write);
                var isBack = write.Change is TrafficChange { Mark: { IsOpen: false } } || scenario.Stages is [Stage.Rollback];
                if (write.Name is "create deployment" or "delete deployment" or "delete endpoint" or "set traffic" && !isBack
                    && !minutes.IsOpen(rehearsal.Time.GetUtcNow()))
                {
                    broken.Add($"{write.Name} at {rehearsal.Time.GetUtcNow():s}");
                }

                if (write.Change is TrafficChange { Mark: { IsOpen: true } mark } rise
                    && rise.Wanted[mark.Candidate] - write.Before.Endpoint!.Traffic[mark.Candidate] > scenario.Spec.Policy.MaximumStep)
                {
                    broken.Add($"{rise} is too large a step");
                }
            };

            var result = await rehearsal.RunAsync(scenario.Stages);

            Assert.That(result.Why, Is.Not.Empty);
            Assert.That(broken, Is.Empty);
            Assert.That(watch.Broken, Is.Empty);
        });

    [Test]
    public void What_holds_a_run_is_foreseen() =>
        Properties.Check(500, UnderAPolicy(Gen.Constant(false)), async scenario =>
        {
            // With no time between a run's calls, nothing but its bakes moves the clock, and the forecast knows these.
            var rehearsal = scenario.Rehearse();
            rehearsal.Scoring.Answers = (_, _) => true;
            rehearsal.Workspace.Latency = TimeSpan.Zero;
            await using var rollout = rehearsal.NewRollout(request => request with { Stages = scenario.Stages });
            var forecast = await rollout.ForecastAsync(scenario.Stages, CancellationToken.None);

            var result = await Rehearsal.RunAsync(rollout, scenario.Stages, CancellationToken.None);

            Assert.That(rehearsal.Actions.Select(action => $"{action}"), Is.EqualTo(forecast.Actions.Select(planned => $"{planned.Action}")));
            Assert.That(result.Outcome, Is.EqualTo(forecast.End.Outcome), result.Why);
        });

    private static FsCheck.Arbitrary<Scenario> UnderAPolicy(FsCheck.Gen<bool>? waits = null) => (
        from scenario in Scenarios.WithoutDisturbances.Generator
        from policy in Policies.Around(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), Start)
        from step in Gen.Elements(30, 50, 95, 100)
        from isWaiting in waits ?? Gen.Elements(true, false)
        let spec = scenario.Spec with { Policy = policy with { MaximumStep = step, WaitsForWindow = isWaiting } }
        select scenario with { Spec = isWaiting ? Patient(spec) : spec })
        .ToArbitrary();

    /// <summary>With a look an hour: some windows are closed for a week.</summary>
    private static RolloutSpec Patient(RolloutSpec spec) => spec.With(strategy => strategy with
    {
        Gate = strategy.Gate with { LookInterval = TimeSpan.FromHours(1) },
    });
}
