using Sluice.Rollouts;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts;

/// <summary>What holds whatever is wanted, whatever is there, and whatever goes wrong.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class InvariantProperties
{
    [Test]
    public void No_write_breaks_an_invariant_and_every_run_ends_with_a_sentence() =>
        Properties.Check(1_000, Scenarios.All, async scenario =>
        {
            var rehearsal = scenario.Rehearse();
            var watch = new InvariantWatch(rehearsal);
            try
            {
                var result = await rehearsal.RunAsync(scenario.Stages);
                Assert.That(result.Why, Is.Not.Empty);
            }
            catch (RolloutException error)
            {
                // Somebody else's change can make the service refuse a call, or hide what was written; the planner proposes nothing unfit.
                Assert.That(error.Message, Is.Not.Empty.And.Not.StartsWith("Refused to"));
            }

            Assert.That(watch.Broken, Is.Empty);
        });

    [Test]
    public void Where_nobody_interferes_a_run_ends_with_an_outcome_and_never_with_an_error() =>
        Properties.Check(1_000, Scenarios.WithoutDisturbances, async scenario =>
        {
            var rehearsal = scenario.Rehearse();
            var watch = new InvariantWatch(rehearsal);

            var result = await rehearsal.RunAsync(scenario.Stages);

            Assert.That(result.Why, Is.Not.Empty);
            Assert.That(watch.Broken, Is.Empty);
            Assert.That(
                rehearsal.Workspace.State.Endpoint?.Traffic.Sum,
                result.Outcome == Outcome.RolledBack ? Is.EqualTo(100) : Is.Null.Or.GreaterThanOrEqualTo(0));
        });

    [Test]
    public void A_run_that_ended_well_leaves_nothing_to_do_for_the_same_run() =>
        Properties.Check(500, Scenarios.WithoutDisturbances, async scenario =>
        {
            // A candidate that went back is retired, so Cleanup without the canary in between takes away what Green brings.
            var stages = scenario.Stages.Contains(Stage.Canary) ? scenario.Stages : scenario.Stages.Remove(Stage.Green);
            if (stages.IsEmpty)
            {
                return;
            }

            var rehearsal = scenario.Rehearse();
            var first = await rehearsal.RunAsync(stages);
            var picture = rehearsal.Picture;
            rehearsal.Actions.Clear();
            rehearsal.Scoring.Answers = (_, _) => true;

            var second = await rehearsal.RunAsync(stages);

            if (first.Outcome == Outcome.Done)
            {
                Assert.That(second.Outcome, Is.EqualTo(Outcome.Done), second.Why);
                Assert.That(rehearsal.Actions.Where(action => action is not (SmokeTest or TakeLook)), Is.Empty);
                Assert.That(rehearsal.Picture, Is.EqualTo(picture));
            }
        });

    [Test]
    public void A_forecast_is_what_an_undisturbed_run_does() =>
        Properties.Check(500, Scenarios.Undisturbed, async scenario =>
        {
            var rehearsal = scenario.Rehearse();
            var forecast = await rehearsal.NewRollout().ForecastAsync(scenario.Stages, CancellationToken.None);

            var result = await rehearsal.RunAsync(scenario.Stages);

            Assert.That(rehearsal.Actions.Select(action => $"{action}"), Is.EqualTo(forecast.Actions.Select(planned => $"{planned.Action}")));
            Assert.That(result.Outcome, Is.EqualTo(forecast.End.Outcome));
            Assert.That(
                rehearsal.Workspace.Writes, Has.Count.EqualTo(forecast.Actions.SelectMany(planned => MutatingCall.Of(planned.Action)).Count()));
        });

    [Test]
    public void A_prediction_is_what_the_next_look_shows() =>
        Properties.Check(500, Scenarios.WithoutDisturbances, async scenario =>
        {
            var rehearsal = scenario.Rehearse();
            var predictions = new List<(RolloutAction Action, string Predicted, string Seen)>();
            (RolloutAction Action, string Picture)? open = null;
            rehearsal.OnAction = action => open = (action, Picture.Of(rehearsal.LastLook!.After(action)));
            rehearsal.OnLook = seen =>
            {
                if (open is { } prediction)
                {
                    predictions.Add((prediction.Action, prediction.Picture, Picture.Of(seen)));
                    open = null;
                }
            };

            await rehearsal.RunAsync(scenario.Stages);

            Assert.That(
                predictions.Select(each => $"{each.Action}: {each.Seen}"),
                Is.EqualTo(predictions.Select(each => $"{each.Action}: {each.Predicted}")));
        });

    [Test]
    public void Dying_anywhere_and_running_again_ends_where_an_undisturbed_run_ends() =>
        Properties.Check(500, Scenarios.Undisturbed, async scenario =>
        {
            var undisturbed = scenario.Rehearse();
            var whole = await undisturbed.RunAsync(scenario.Stages);
            var rehearsal = scenario.Rehearse();
            var last = undisturbed.Workspace.Calls * scenario.Death / 1_000;
            using var process = new CancellationTokenSource();
            var limit = rehearsal.Workspace.OnCall;
            rehearsal.Workspace.OnCall = call =>
            {
                limit(call);
                if (call.Number == last)
                {
                    process.Cancel();
                }
            };
            try
            {
                await Rehearsal.RunAsync(rehearsal.NewRollout(request => request with { Stages = scenario.Stages }), scenario.Stages, process.Token);
            }
            catch (OperationCanceledException)
            {
                // The process is gone.
            }

            var result = await rehearsal.RunAsync(scenario.Stages);

            Assert.That(rehearsal.Picture, Is.EqualTo(undisturbed.Picture), $"died at call {last}; {result.Why}");
            Assert.That(result.Outcome, Is.EqualTo(whole.Outcome), result.Why);
        });
}
