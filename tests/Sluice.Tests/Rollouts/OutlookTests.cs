using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts;

/// <summary>What is foreseen from outside is what the next run does, and to foresee it touches nothing.</summary>
[Category("Unit")]
internal sealed class OutlookTests
{
    private static readonly (string Name, Func<Task<Rehearsal>> Make)[] Moments =
    [
        ("nothing is there", () => Task.FromResult(new Rehearsal())),
        ("a rollout is over", () => Rehearsal.AfterFirstRolloutAsync()),
        ("the next version comes", async () =>
        {
            var rehearsal = await Rehearsal.AfterFirstRolloutAsync();
            rehearsal.Spec = Specs.Second;
            return rehearsal;
        }),
        ("a run died at 10 %", () => Rehearsal.AtStepAsync(10)),
        ("a run died at 50 %", () => Rehearsal.AtStepAsync(50)),
        ("somebody else changed the traffic", async () =>
        {
            var rehearsal = await Rehearsal.AtStepAsync(50);
            rehearsal.SomebodySetsTraffic(("default", 70), ("green-2", 30));
            return rehearsal;
        }),
        ("the candidate was rejected", async () =>
        {
            var rehearsal = await Rehearsal.AtStepAsync(10);
            await rehearsal.RollBackAsync();
            return rehearsal;
        }),
    ];

    private static IEnumerable<string> Names => Moments.Select(moment => moment.Name);

    [Test]
    public async Task Many_looks_of_a_long_bake_are_foreseen_without_keeping_each_of_them()
    {
        const long MostBytes = 500_000_000;
        var rehearsal = new Rehearsal(Specs.First.With(strategy => strategy with
        {
            Steps = [new(10, TimeSpan.FromHours(4))],
            Gate = strategy.Gate with { LookInterval = TimeSpan.FromSeconds(1) },
        }));
        await using var rollout = rehearsal.NewRollout();
        var before = GC.GetTotalAllocatedBytes();

        var forecast = await rollout.ForecastAsync(Rehearsal.Line, CancellationToken.None);

        Assert.That(forecast.End.Outcome, Is.EqualTo(Outcome.Done));
        Assert.That(forecast.Actions.Count(planned => planned.Action is TakeLook), Is.GreaterThan(4 * 3600));
        Assert.That(GC.GetTotalAllocatedBytes() - before, Is.LessThan(MostBytes));
    }

    [Test]
    public async Task A_bake_is_foreseen_to_last_until_a_gate_on_traffic_sees_its_first_minute()
    {
        var spec = Specs.First.With(strategy => strategy with
        {
            Steps = [new(10, TimeSpan.FromMinutes(2))],
            FinalBake = TimeSpan.FromMinutes(2),
            Settle = TimeSpan.FromMinutes(3),
            Patience = TimeSpan.FromMinutes(10),
        });

        var without = await WaitsOf(spec);
        var with = await WaitsOf(spec.With(strategy => strategy with { Gates = [new ErrorsRule("errors")] }));

        Assert.That(without, Is.EqualTo(TimeSpan.FromMinutes(4)));
        Assert.That(with, Is.InRange(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(14)), "Twice the time to settle, and two minutes or three.");

        static async Task<TimeSpan> WaitsOf(RolloutSpec spec)
        {
            await using var rollout = new Rehearsal(spec).NewRollout();
            var forecast = await rollout.ForecastAsync(Rehearsal.Line, CancellationToken.None);
            Assert.That(forecast.End.Outcome, Is.EqualTo(Outcome.Done), forecast.End.Why);
            return forecast.Waits;
        }
    }

    [TestCase(20, Outcome.RolledBack)]
    [TestCase(21, Outcome.Done)]
    public async Task What_the_actions_take_is_a_part_of_what_the_deadline_allows(int minutes, Outcome outcome)
    {
        var rehearsal = new Rehearsal(Specs.First.With(strategy => strategy with { Deadline = TimeSpan.FromMinutes(minutes) }));

        var outlook = await OnAzureAsync(rehearsal);

        Assert.That(outlook.Forecast.End.Outcome, Is.EqualTo(outcome), outlook.Forecast.End.Why);
        var timetable = Timetable.Of(outlook.Forecast, outlook.State, rehearsal.Spec);
        Assert.That(
            timetable.Actions.Zip(timetable.Actions.Skip(1), (timed, next) => timed.Begins + timed.Takes + timed.Waits - next.Begins), Has.All.EqualTo(TimeSpan.Zero));
        Assert.That(outlook.Forecast.Waits, outcome == Outcome.Done ? Is.EqualTo(TimeSpan.FromMinutes(20)) : Is.LessThanOrEqualTo(TimeSpan.FromMinutes(20)));
    }

    [Test]
    public async Task A_freeze_that_begins_while_the_actions_before_are_carried_out_is_foreseen()
    {
        var rehearsal = new Rehearsal();
        var from = rehearsal.Time.GetUtcNow().AddMinutes(5).DateTime;
        rehearsal.Spec = Specs.First with { Policy = new() { Freeze = [new OneOffWindow("audit", from, from.AddHours(1))] } };

        var outlook = await OnAzureAsync(rehearsal);

        Assert.That(outlook.Forecast.End.Outcome, Is.EqualTo(Outcome.Held), "Blue alone takes five minutes.");
        Assert.That(outlook.Forecast.End.Why, Does.Contain("\"audit\""));
        var timetable = Timetable.Of(outlook.Forecast, outlook.State, rehearsal.Spec);
        Assert.That(timetable.Actions.Select(timed => timed.Begins), Has.All.LessThan(TimeSpan.FromMinutes(6)));
    }

    private static Task<Outlook> OnAzureAsync(Rehearsal rehearsal) => Outlook.OfAsync(
        rehearsal.Spec,
        rehearsal.Workspace,
        rehearsal.Store,
        rehearsal.Time,
        Asked(rehearsal) with { Takes = ExpectedDuration.Of },
        CancellationToken.None);

    [Test]
    public async Task What_is_foreseen_is_no_more_wanted_when_the_run_is_cancelled()
    {
        var rehearsal = new Rehearsal();
        await using var rollout = rehearsal.NewRollout();
        using var process = new CancellationTokenSource();
        rehearsal.OnLook = _ => process.Cancel();

        Assert.That(() => rollout.ForecastAsync(Rehearsal.Line, process.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [TestCaseSource(nameof(Names))]
    public async Task The_outlook_is_what_the_next_run_does(string moment)
    {
        var rehearsal = await Moments.Single(each => each.Name == moment).Make();
        var (writes, appends, content) = (rehearsal.Workspace.Writes.Count, rehearsal.Store!.Appends, rehearsal.Store.Content);
        rehearsal.Store.Expire();
        var other = await rehearsal.Store.TryLockAsync(takeOver: false, CancellationToken.None);

        var outlook = await Outlook.OfAsync(
            rehearsal.Spec, rehearsal.Workspace, rehearsal.Store, rehearsal.Time, Asked(rehearsal), CancellationToken.None);

        Assert.That(other, Is.Not.Null);
        Assert.That(rehearsal.Workspace.Writes, Has.Count.EqualTo(writes));
        Assert.That((rehearsal.Store.Appends, rehearsal.Store.Content), Is.EqualTo((appends, content)));
        rehearsal.Actions.Clear();
        var result = await rehearsal.RunAsync(Rehearsal.Line);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                outlook.Forecast.Actions.Select(planned => planned.Action).Where(action => action is not TakeLook).Select(action => $"{action}"),
                Is.EqualTo(rehearsal.Actions.Where(action => action is not TakeLook).Select(action => $"{action}")));
            Assert.That(outlook.Forecast.End.Outcome, Is.EqualTo(result.Outcome), result.Why);
        }
    }

    [TestCase(null, "Another run holds the endpoint, or died without a word")]
    [TestCase(true, "Another run holds the endpoint")]
    [TestCase(false, "Another run died without a word")]
    public async Task A_run_that_has_not_ended_is_named(bool? isAlive, string said)
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        var rollout = rehearsal.NewRollout();
        await rollout.ForecastAsync([Stage.Canary], CancellationToken.None);

        var outlook = await Outlook.OfAsync(
            rehearsal.Spec, rehearsal.Workspace, rehearsal.Store, rehearsal.Time, Asked(rehearsal) with { Runs = _ => isAlive }, CancellationToken.None);

        await rollout.DisposeAsync();
        Assert.That(outlook.Notes, Has.One.StartsWith($"{said}: person 2, running Register, "));
    }

    [Test]
    public async Task Where_there_can_be_no_journal_the_outlook_is_by_the_tags_and_says_so()
    {
        var rehearsal = await Rehearsal.AtStepAsync(50);

        var outlook = await Outlook.OfAsync(
            rehearsal.Spec, rehearsal.Workspace, new ForbiddenJournal(), rehearsal.Time, Asked(rehearsal), CancellationToken.None);

        Assert.That(outlook.Notes, Is.EqualTo(new[] { "There is no journal in the workspace: you may not." }));
        Assert.That(outlook.Forecast.End.Outcome, Is.EqualTo(Outcome.Done));
        Assert.That(outlook.Forecast.Actions.Select(planned => planned.Stage), Has.None.EqualTo(Stage.Green));
    }

    private static RunRequest Asked(Rehearsal rehearsal) => new()
    {
        Stages = Rehearsal.Line,
        NewRolloutId = "planned",
        Actor = "planner",
        Process = new("machine", 999, rehearsal.Time.GetUtcNow()),
        Takes = Rehearsal.AtOnce,
    };
}
