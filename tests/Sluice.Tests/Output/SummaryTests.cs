using System.Collections.Immutable;
using Sluice.Load;
using Sluice.Output;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Reporting;
using Sluice.Rollouts.State;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Output;

[Category("Unit")]
internal sealed class SummaryTests
{
    private static readonly StageResult EndpointDone = new(
        Stage.Endpoint, new(Outcome.Done, "Endpoint heart exists."), 1, new([new("./build.sh --target=Blue", "is next"), new(null, "or nothing")]));

    [Test]
    public void What_ended_a_run_within_a_stage_is_its_result_and_not_the_stage_before()
    {
        var lines = Lines(Of("The keys can't be read.", EndpointDone));

        Assert.That(lines, Has.Some.EqualTo("  result     The keys can't be read."));
        Assert.That(lines, Has.Some.EqualTo("  next       ./build.sh --target=Status     shows what is there now"));
        Assert.That(lines[^1], Is.EqualTo("             ./build.sh --target=Promote    goes on from there"));
    }

    [Test]
    public void After_an_error_the_rollout_knows_what_is_next_where_it_has_looked() => Assert.That(
        Lines(Of("The keys can't be read.", EndpointDone) with { NextAfterError = new([new("./build.sh --target=Rollback", "takes it back")]) })[^1],
        Is.EqualTo("  next       ./build.sh --target=Rollback    takes it back"));

    [Test]
    public void Where_nothing_ended_it_early_the_last_stage_is_the_result()
    {
        var lines = Lines(Of(failure: null, EndpointDone));

        Assert.That(lines, Has.Some.EqualTo("  result     Endpoint: done. Endpoint heart exists."));
        Assert.That(lines, Has.Some.EqualTo("  next       ./build.sh --target=Blue    is next"));
        Assert.That(lines[^1], Is.EqualTo("             or nothing"));
    }

    [Test]
    public void What_a_gate_said_is_no_command_of_an_agent()
    {
        var said = new StageResult(
            Stage.Canary, new(Outcome.RolledBack, "##vso[task.complete result=Succeeded;]fine\n::set-output name=x::y"), 1, EndpointDone.Next);

        var text = string.Join('\n', Of(failure: null, said).Lines());

        Assert.That(text, Does.Contain("fine").And.Not.Contain("##vso[").And.Not.Match(@"(?m)^\s*::"));
    }

    [Test]
    public void A_rehearsal_tells_both_how_long_it_would_have_taken_and_how_long_it_took()
    {
        var rehearsed = Of(failure: null, EndpointDone) with { Duration = TimeSpan.FromMinutes(90), RehearsedIn = TimeSpan.FromSeconds(95) };

        Assert.That(Lines(rehearsed), Has.Some.EqualTo("  duration   1 h 30 min, rehearsed in 1 min 35 s"));
    }

    [Test]
    public void A_machine_that_sent_less_than_was_due_is_named_with_what_helps()
    {
        var phase = new LoadPhase(Traffic.AllTo("default"), ImmutableSortedDictionary<string, int>.Empty.Add("default", 899), 1);
        var enough = Of(failure: null, EndpointDone) with { Phases = [phase], RequestsDue = 1000 };

        Assert.That(Lines(enough), Has.Some.EqualTo("  requests   900 sent, 1 failed").And.None.Contains("due"));
        Assert.That(Lines(enough with { RequestsDue = 1001 }), Has.Some.Contains("1001 were due").And.Some.Contains("load.requestsPerSecond"));
        var rehearsed = enough.Parameters with { Rehearsal = new RehearsalRun(60, 1, null) };
        Assert.That(Lines(enough with { RequestsDue = 1001, Parameters = rehearsed }), Has.Some.Contains("a lower --speed helps"));
    }

    [TestCase(2, 1, 20, false)]
    [TestCase(11, 1, 5, true)]
    [TestCase(40, 20, 50, false)]
    public void A_few_requests_that_a_short_run_did_not_get_to_send_are_nothing_to_tell(int due, int sent, double rate, bool isTold)
    {
        var phase = new LoadPhase(Traffic.AllTo("default"), ImmutableSortedDictionary<string, int>.Empty.Add("default", sent), 0);
        var summary = Of(failure: null, EndpointDone) with { Spec = Specs.First with { Load = new(rate) }, Phases = [phase], RequestsDue = due };

        Assert.That(Lines(summary).Any(line => line.Contains("were due", StringComparison.Ordinal)), Is.EqualTo(isTold));
    }

    [TestCase(ProvisioningState.Updating, "  traffic    default 100 %; the endpoint is Updating, which may change it")]
    [TestCase(ProvisioningState.Succeeded, "  traffic    default 100 %")]
    public void Traffic_that_is_being_changed_is_not_told_as_the_last_word(ProvisioningState state, string line)
    {
        var endpoint = new EndpointState { Name = Specs.Endpoint, State = state, Traffic = Traffic.AllTo("default") };

        Assert.That(Lines(Of("The run was cancelled.", EndpointDone) with { State = new([], endpoint) }), Has.Some.EqualTo(line));
    }

    [Test]
    public void Requests_of_a_mirrored_step_are_told_apart_from_those_before_it()
    {
        var before = new LoadPhase(Traffic.AllTo("default"), ImmutableSortedDictionary<string, int>.Empty.Add("default", 7), 0);
        var mirrored = before with { Mirrored = Traffic.Of([new("green-2", 20)]) };

        Assert.That(
            Lines(Of(failure: null, EndpointDone) with { Phases = [before, mirrored] }),
            Has.Some.EndsWith(" at [default 100 %]: default 7").And.Some.EndsWith(" at [default 100 %, 20 % mirrored to green-2]: default 7"));
    }

    [Test]
    public void What_each_traffic_map_brought_sums_to_all_that_was_sent_failed_requests_among_it()
    {
        var served = new LoadPhase(Traffic.AllTo("default"), ImmutableSortedDictionary<string, int>.Empty.Add("default", 7), 2);
        var changing = new LoadPhase(null, ImmutableSortedDictionary<string, int>.Empty.Add("default", 3).Add("green-2", 1), 1);

        var lines = Lines(Of(failure: null, EndpointDone) with { Phases = [served, changing, changing] });

        Assert.That(lines, Has.Some.EndsWith("requests   19 sent, 4 failed"));
        Assert.That(lines, Has.Some.EndsWith(" at [default 100 %]: default 7, failed 2"));
        Assert.That(lines, Has.Some.EndsWith(" while something was changed: default 6, green-2 2, failed 2"));
    }

    [Test]
    public void A_run_took_as_long_as_its_report_says()
    {
        var begin = new DateTimeOffset(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
        JournalEvent[] events =
        [
            new RunStarted(begin, [Stage.Promote], "digest", new("machine", 1, begin), null),
            new StageStarted(begin.AddSeconds(1), Stage.Promote),
            new RunEnded(begin.AddSeconds(90), Outcome.Done),
        ];
        var record = new RunRecord(agent: null);
        Array.ForEach(events, record.Recorded);

        Assert.That(record.Run!.Took, Is.EqualTo(TimeSpan.FromSeconds(90)));
        Assert.That(RolloutReport.Of(events).Runs.Single().Took, Is.EqualTo(record.Run.Took));
        Assert.That((record.Run with { Ended = begin.AddSeconds(-1) }).Took, Is.Null, "The clock was set back.");
    }

    [Test]
    public void The_deletion_of_the_endpoint_is_called_by_its_target()
    {
        var summary = Of(null, EndpointDone with { Stage = Stage.DeleteEndpoint, Finish = new(Outcome.Done, "There is no endpoint heart.") });

        Assert.That(summary.Result, Is.EqualTo("Cleanup: done. There is no endpoint heart."));
    }

    private static string[] Lines(Summary summary) => [.. summary.Lines()];

    private static Summary Of(string? failure, StageResult last) => new(
        Specs.First, [last], failure, null, [], 0, null, TimeSpan.FromSeconds(1), new() { Root = "/", Program = "./build.sh", Target = "Promote" });
}
