using System.Collections.Immutable;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Planning;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts;

/// <summary>
/// Plan, then run: with a candidate that is good, the calls that are made are those that were planned, with all that is asked of them and in
/// their order, whatever was there before.
/// </summary>
[Category("Unit")]
internal sealed class PlanThenRunTests
{
    private const int States = 50;

    [TestCase(Stage.Promote)]
    [TestCase(Stage.Cleanup)]
    public async Task The_calls_made_are_the_calls_planned_whatever_was_there(Stage last)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("SLUICE_SEED"), out var given) ? given : Random.Shared.Next();
        TestContext.Out.WriteLine($"SLUICE_SEED={seed}");
        ImmutableArray<Stage> stages = [.. Enum.GetValues<Stage>().Where(stage => stage <= last)];
        var (differences, calls, silent) = (new List<string>(), 0, 0);

        for (var number = 0; number < States; number++)
        {
            var start = await StartState.OfAsync(unchecked(seed + number));
            var (planned, made) = await PlanAndRunAsync(start, stages);
            calls += made.Length;
            silent += made.Length == 0 ? 1 : 0;
            if (!planned.SequenceEqual(made))
            {
                differences.Add($"""
                    state {number}: {start.Story}
                      planned {string.Join("\n          ", planned)}
                      made    {string.Join("\n          ", made)}
                    """);
            }
        }

        TestContext.Out.WriteLine($"{calls} calls, {silent} of {States} states without any");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(differences, Is.Empty);
            Assert.That(calls, Is.GreaterThan(States), "The two are alike because there is nothing in them.");
        }
    }

    [Test]
    public async Task A_canary_of_mirrored_steps_alone_passes_once_and_is_promoted()
    {
        var rehearsal = new Rehearsal(Specs.Brief.With(strategy => strategy with
        {
            Steps = [new(0, TimeSpan.FromMinutes(1)) { Mirror = 20 }],
        }));

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
        Assert.That(rehearsal.Workspace.Writes.Count(write => write == "set traffic"), Is.EqualTo(3), "blue's, the mirror's and the promotion's");
    }

    [Test]
    public async Task What_a_run_that_died_was_writing_counts_as_written_once_the_endpoint_is_at_rest()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        rehearsal.DieInShift();

        var outlook = await Outlook.OfAsync(
            rehearsal.Spec, rehearsal.Workspace, rehearsal.Store, rehearsal.Time, Request(rehearsal, Rehearsal.Line), CancellationToken.None);

        Assert.That(rehearsal.Traffic["green-2"], Is.EqualTo(10), "The service shows what was there before.");
        Assert.That(
            outlook.Forecast.Actions.SelectMany(planned => MutatingCall.Of(planned.Action)).Select(call => call.Arguments).First(arguments => arguments.Contains('[')),
            Does.Contain("from [default 50 %, green-2 50 %] to [green-2 100 %]"));
    }

    [Test]
    public async Task What_only_looks_makes_no_call_that_changes_anything()
    {
        for (var seed = 0; seed < States; seed++)
        {
            var start = await StartState.OfAsync(seed);
            var rehearsal = start.Rehearsal;
            var (content, state) = (rehearsal.Store!.Content, rehearsal.Workspace.State);
            var journal = new ReadOnlyJournal(rehearsal.Store);
            var workspace = new WatchedWorkspace(rehearsal.Workspace, (call, _) => throw new InvalidOperationException($"{call} is no look."));

            var outlook = await Outlook.OfAsync(
                rehearsal.Spec, workspace, journal, rehearsal.Time, start.Ask(Request(rehearsal, Rehearsal.Line)), CancellationToken.None);

            Assert.That(outlook.State, Is.Not.Null);
            Assert.That(journal.Reads, Is.Positive);
            Assert.That((rehearsal.Store.Content, rehearsal.Workspace.State), Is.EqualTo((content, state)), start.Story);
        }
    }

    private static async Task<(ImmutableArray<MutatingCall> Planned, ImmutableArray<MutatingCall> Made)> PlanAndRunAsync(
        StartState start, ImmutableArray<Stage> stages)
    {
        var rehearsal = start.Rehearsal;
        var request = start.Ask(Request(rehearsal, stages));
        var outlook = await Outlook.OfAsync(
            rehearsal.Spec, rehearsal.Workspace, rehearsal.Store, rehearsal.Time, request, CancellationToken.None);
        var made = ImmutableArray.CreateBuilder<MutatingCall>();
        rehearsal.Way = workspace => new WatchedWorkspace(workspace, (call, _) =>
        {
            made.Add(call);
            return Task.CompletedTask;
        });
        await rehearsal.RunAsync(_ => request, stages);
        return ([.. outlook.Forecast.Actions.SelectMany(planned => MutatingCall.Of(planned.Action))], made.ToImmutable());
    }

    private static RunRequest Request(Rehearsal rehearsal, IReadOnlyList<Stage> stages) => new()
    {
        Stages = stages,
        NewRolloutId = "planned",
        Actor = "planner",
        Process = new("machine", 999, rehearsal.Time.GetUtcNow()),
        Runs = _ => false,
        Takes = Rehearsal.AtOnce,
    };
}
