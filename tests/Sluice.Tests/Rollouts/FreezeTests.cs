using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Rollouts.State;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts;

/// <summary>A freeze holds a rollout where it is; it takes nothing back, and it keeps nobody from going back.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class FreezeTests
{
    private static readonly TimeSpan Length = TimeSpan.FromHours(3);

    [TestCase(10)]
    [TestCase(50)]
    public async Task A_freeze_in_the_midst_of_a_bake_holds_the_next_rise_and_the_same_command_goes_on_after_it(int weight)
    {
        var (undisturbed, begin) = await UndisturbedAsync(weight);
        var rehearsal = new Rehearsal(Frozen(begin));

        var held = await rehearsal.RunAsync(Rehearsal.Line);
        var writes = rehearsal.Workspace.Writes.Count;
        var again = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(held.Outcome, Is.EqualTo(Outcome.Held));
            Assert.That(held.Why, Does.StartWith("May not shift traffic from [").And.Contain("now: the freeze \"audit\" is on."));
            Assert.That(held.Why, Does.EndWith(
                $"Changes are allowed again from {begin + Length:ddd yyyy-MM-dd HH:mm} +00:00 (UTC); the same command goes on then."));
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.Split("default", "green-2", weight)));
            Assert.That(rehearsal.Journal.OfType<TrafficWritten>().Last().Time, Is.LessThan(begin), "the bake ends in the freeze");
            Assert.That(again.Outcome, Is.EqualTo(Outcome.Held));
            Assert.That(
                rehearsal.Workspace.Writes.Skip(writes), Is.SubsetOf(new[] { "set mark" }), "a canary that passed may be called so; nothing else");
        });

        rehearsal.Time.Advance(Length);
        var after = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(after.Outcome, Is.EqualTo(Outcome.Done), after.Why);
            Assert.That(rehearsal.Picture, Is.EqualTo(undisturbed.Picture));
        });
    }

    [TestCase(10)]
    [TestCase(50)]
    public async Task A_run_that_waits_ends_where_an_undisturbed_one_ends_and_looks_at_the_candidate_meanwhile(int weight)
    {
        var (undisturbed, begin) = await UndisturbedAsync(weight);
        var rehearsal = new Rehearsal(Waiting(Frozen(begin)));

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        var looks = rehearsal.Journal.OfType<ProbesAnswered>().Select(look => look.Time).Where(time => time >= begin && time < begin + Length);
        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(rehearsal.Picture, Is.EqualTo(undisturbed.Picture));
            Assert.That(
                rehearsal.Journal.OfType<TrafficWritten>().Where(written => written.Time >= begin && written.Time < begin + Length), Is.Empty);
            Assert.That(looks.Count(), Is.GreaterThan(150), "one a minute");
        });
    }

    [TestCase(10, 5, false, Description = "Below the first step, which it is baked as.")]
    [TestCase(10, 5, true)]
    [TestCase(100, 30, false, Description = "In the final bake a person took some of the traffic back.")]
    [TestCase(100, 30, true)]
    public async Task A_weight_that_a_person_accepted_is_asked_all_its_gates_at_each_look_of_a_freeze(int from, int weight, bool hasCommonGate)
    {
        static GateRule[] Gate(string name) => [new AgreementRule(name) { AtLeast = 0.1, MinimumPairs = 1 }];
        var rehearsal = await Rehearsal.AtStepAsync(from, Specs.First.With(strategy => strategy with
        {
            Steps = [strategy.Steps[0] with { Gates = [.. Gate("of the step")] }, strategy.Steps[1]],
            Gates = [.. hasCommonGate ? Gate("common") : []],
        }));
        rehearsal.SomebodySetsTraffic(("default", 100 - weight), ("green-2", weight));
        rehearsal.Spec = rehearsal.Spec with { Policy = Waiting(Frozen(rehearsal.Time.GetUtcNow())).Policy };

        var result = await rehearsal.RunAsync(request => request with { Adopt = true }, Stage.Canary);

        var looks = rehearsal.Journal.SkipWhile(happened => happened is not Adopted).TakeWhile(happened => happened is not TrafficWritten)
            .OfType<GatesJudged>().ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(
                looks.Select(look => string.Join(", ", look.Reports.Select(report => report.Gate))).Distinct(),
                Is.EqualTo([hasCommonGate ? "common, of the step" : "of the step"]));
            Assert.That(looks, Has.Length.InRange(150, 190), "one a minute");
        });
    }

    [TestCase(true, 10)]
    [TestCase(true, 50)]
    [TestCase(false, 10)]
    [TestCase(false, 50)]
    public async Task A_candidate_that_fails_in_a_freeze_goes_back_at_once(bool waits, int weight)
    {
        var (_, begin) = await UndisturbedAsync(weight);
        var rehearsal = new Rehearsal(waits ? Waiting(Frozen(begin)) : Frozen(begin));
        var breaks = begin + (waits ? TimeSpan.FromHours(1) : TimeSpan.Zero);
        rehearsal.Scoring.Answers = (deployment, _) => deployment == "default" || rehearsal.Time.GetUtcNow() < breaks;

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.RolledBack), result.Why);
            Assert.That(rehearsal.Traffic, Is.EqualTo(Traffic.AllTo("default")));
            Assert.That(rehearsal.Time.GetUtcNow(), Is.LessThan(begin + Length), "it does not wait for the freeze to end");
        });
    }

    [Test]
    public async Task A_final_bake_ends_in_a_freeze()
    {
        var (undisturbed, begin) = await UndisturbedAsync(100);
        var rehearsal = new Rehearsal(Frozen(begin));

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
        Assert.That(rehearsal.Picture, Is.EqualTo(undisturbed.Picture));
    }

    [Test]
    public async Task In_a_freeze_a_person_rolls_back_and_cleans_nothing_up()
    {
        var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
        rehearsal.Spec = Frozen(rehearsal.Time.GetUtcNow());

        var cleanup = await rehearsal.RunAsync(Stage.Cleanup);
        var deletion = await rehearsal.RunAsync(Stage.DeleteEndpoint);
        var back = await rehearsal.RollBackAsync();
        var forth = await rehearsal.RunAsync(request => request with { RollbackTo = "green-2", Retry = true }, Stage.Rollback);

        Assert.Multiple(() =>
        {
            Assert.That(cleanup.Outcome, Is.EqualTo(Outcome.Held));
            Assert.That(deletion.Outcome, Is.EqualTo(Outcome.Held));
            Assert.That(back.Outcome, Is.EqualTo(Outcome.Done), back.Why);
            Assert.That(forth.Outcome, Is.EqualTo(Outcome.Done), forth.Why);
            Assert.That(rehearsal.Deployments, Is.EquivalentTo(new[] { "default", "green-2" }));
        });
    }

    [Test]
    public async Task In_a_freeze_versions_are_registered_and_nothing_is_deployed()
    {
        var rehearsal = new Rehearsal();
        rehearsal.Spec = Frozen(rehearsal.Time.GetUtcNow());

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That((result.Stage, result.Outcome), Is.EqualTo((Stage.Blue, Outcome.Held)));
            Assert.That(rehearsal.Workspace.State.Models, Has.Length.EqualTo(2));
            Assert.That(rehearsal.Deployments, Is.Empty);
        });
    }

    [Test]
    public async Task A_forecast_in_a_freeze_says_where_the_run_will_be_held()
    {
        var rehearsal = new Rehearsal();
        await rehearsal.RunAsync(Stage.Register, Stage.Endpoint, Stage.Blue);
        rehearsal.Spec = Frozen(rehearsal.Time.GetUtcNow());

        var forecast = await ForecastAsync(rehearsal);

        Assert.That(forecast.Actions, Is.Empty);
        Assert.That(forecast.Idle, Does.StartWith("Nothing can be done: May not create deployment green-2").And.Contain("\"audit\""));
    }

    [Test]
    public async Task A_forecast_of_a_run_that_waits_goes_on_after_the_freeze_and_is_no_longer_for_it()
    {
        var rehearsal = new Rehearsal();
        var undisturbed = await ForecastAsync(rehearsal);
        rehearsal.Spec = Waiting(Frozen(rehearsal.Time.GetUtcNow() + TimeSpan.FromMinutes(2)));

        var forecast = await ForecastAsync(rehearsal);

        Assert.That(forecast.Actions.Select(planned => $"{planned.Action}"), Is.EqualTo(undisturbed.Actions.Select(planned => $"{planned.Action}")));
        Assert.That(forecast.End, Is.EqualTo(undisturbed.End));
    }

    [Test]
    public async Task A_run_that_waits_for_a_time_that_never_comes_is_held()
    {
        var rehearsal = new Rehearsal();
        var past = new OneOffWindow("launch", new(2025, 1, 1), new(2025, 1, 2));
        rehearsal.Spec = Waiting(Specs.First with { Policy = new() { Allow = [past] } });

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Held));
        Assert.That(result.Why, Does.EndWith(
            "now: no allowed window is open. The policy names no time from now on at which changes are allowed."));
    }

    /// <summary>A whole rollout that nothing holds, and a whole minute in the midst of the bake at a weight.</summary>
    private static async Task<(Rehearsal Rehearsal, DateTimeOffset Begin)> UndisturbedAsync(int weight)
    {
        var rehearsal = new Rehearsal();
        await rehearsal.RunAsync(Rehearsal.Line);
        var shifted = rehearsal.Journal.OfType<TrafficWritten>().Single(written => written.Traffic.GetValueOrDefault("green-2") == weight).Time;
        return (rehearsal, new DateTimeOffset(shifted.Ticks - (shifted.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero).AddMinutes(3));
    }

    private static async Task<Forecast> ForecastAsync(Rehearsal rehearsal)
    {
        await using var rollout = rehearsal.NewRollout();
        return await rollout.ForecastAsync(Rehearsal.Line, CancellationToken.None);
    }

    private static RolloutSpec Frozen(DateTimeOffset from) => Specs.First with
    {
        Policy = new() { Freeze = [new OneOffWindow("audit", from.DateTime, (from + Length).DateTime)] },
    };

    private static RolloutSpec Waiting(RolloutSpec spec) => spec with { Policy = spec.Policy with { WaitsForWindow = true } };
}
