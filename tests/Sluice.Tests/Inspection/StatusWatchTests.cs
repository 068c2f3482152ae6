using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Sluice.Inspection;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Ports;
using Sluice.Tests.Rollouts.Rehearsals;
using Spectre.Console.Testing;

namespace Sluice.Tests.Inspection;

[Category("Unit")]
internal sealed class StatusWatchTests
{
    [Test]
    public async Task It_sees_a_rollout_to_its_end_and_shows_nothing_twice()
    {
        var rehearsal = new Rehearsal(Specs.Brief);
        using var output = new StringWriter { NewLine = "\n" };
        await using var screen = new JsonStatusScreen(output, TextWriter.Null, Document, document => JsonConvert.SerializeObject(document));
        var looks = 0;

        // The rollout runs in the pauses between two looks: one look a call of its.
        var watch = new StatusWatch(
            async (previous, _) =>
            {
                looks++;
                await (looks switch
                {
                    2 => rehearsal.RunAsync([.. Enum.GetValues<Stage>().Where(stage => stage <= Stage.Green)]),
                    4 => rehearsal.RunAsync(Stage.Canary),
                    6 => rehearsal.RunAsync(Stage.Promote),
                    _ => Task.FromResult<StageResult>(null!),
                });
                return await Looked.StandingAsync(rehearsal, isAlive: null, previous);
            },
            screen,
            TimeSpan.FromSeconds(5),
            rehearsal.Time);
        await watch.RunAsync(CancellationToken.None);

        var documents = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(JObject.Parse).ToArray();
        Assert.That(looks, Is.EqualTo(6));
        Assert.That(documents, Has.Length.EqualTo(4), "nothing yet, up, through the canary, done; and not what stayed as it was");
        Assert.That(documents[^1].SelectToken("progress.outcome")!.ToString(), Is.EqualTo("Done"));
        Assert.That(documents[0]["endpoint"]!.Type, Is.EqualTo(JTokenType.Null));
    }

    [Test]
    public async Task A_look_that_fails_is_told_once_and_the_next_one_goes_on()
    {
        var rehearsal = await Rehearsal.AtStepAsync(50);
        using var output = new StringWriter { NewLine = "\n" };
        await using var screen = new LogStatusScreen(output, standing => StatusText.Lines(Document(standing), Specs.Endpoint));
        var looks = 0;
        var watch = new StatusWatch(
            async (previous, _) =>
            {
                if (++looks is 2 or 3)
                {
                    throw new WorkspaceCallException("read the endpoint", "Timeout", "the network is gone");
                }

                if (looks == 4)
                {
                    await rehearsal.RunAsync(Stage.Canary, Stage.Promote);
                }

                return await Looked.StandingAsync(rehearsal, isAlive: null, previous);
            },
            screen,
            TimeSpan.FromSeconds(5),
            rehearsal.Time);

        await watch.RunAsync(CancellationToken.None);

        Assert.That(output.ToString().Split("the network is gone"), Has.Length.EqualTo(2));
        Assert.That(output.ToString(), Does.Contain("ended      done"));
    }

    [Test]
    public async Task A_first_look_that_fails_ends_it_for_nothing_has_been_seen()
    {
        await using var screen = new LogStatusScreen(TextWriter.Null, _ => []);
        var watch = new StatusWatch(
            (_, _) => throw new WorkspaceCallException("read the endpoint", "AuthenticationFailed", "nobody is signed in"),
            screen,
            TimeSpan.FromSeconds(5),
            TimeProvider.System);

        Assert.That(() => watch.RunAsync(CancellationToken.None), Throws.TypeOf<WorkspaceCallException>());
    }

    [Test]
    public async Task A_rollout_that_is_held_is_not_over()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);

        Assert.That((await Looked.StandingAsync(rehearsal, isAlive: false)).Ended, Is.Null);
    }

    [Test]
    public async Task It_goes_on_until_the_run_has_ended_and_not_only_the_rollout()
    {
        var rehearsal = await Rehearsal.AtStepAsync(10);
        rehearsal.Scoring.Answers = (deployment, _) => deployment == "default";
        var seen = new Queue<Task<Standing>>();
        rehearsal.OnAction = action =>
        {
            if (action is TagDeployment)
            {
                seen.Enqueue(Looked.StandingAsync(rehearsal, isAlive: true));
            }
        };
        var result = await rehearsal.RunAsync(Rehearsal.Line);
        seen.Enqueue(Looked.StandingAsync(rehearsal));
        await using var screen = new LogStatusScreen(TextWriter.Null, _ => []);

        var last = await new StatusWatch((_, _) => seen.Dequeue(), screen, TimeSpan.FromSeconds(5), rehearsal.Time).RunAsync(CancellationToken.None);

        Assert.That(seen, Is.Empty);
        Assert.That((last.Ended, last.Run), Is.EqualTo((Outcome.RolledBack, null as object)));
        Assert.That(Document(last).Progress!.Waits, Does.Contain(result.Why.Split(". ")[0]));
    }

    [Test]
    public async Task The_terminal_keeps_the_last_look_beside_what_failed_since()
    {
        var rehearsal = await Rehearsal.AtStepAsync(50);
        var standing = await Looked.StandingAsync(rehearsal, isAlive: true);
        using var console = new TestConsole();
        await using var screen = new LiveStatusScreen(console, seen => StatusText.Lines(Document(seen), Specs.Endpoint), TimeProvider.System);

        screen.Show(standing);
        screen.Miss(standing.Time.AddSeconds(4), "the network is gone");

        var picture = string.Join("\n", screen.Picture(standing.Time.AddSeconds(7)));
        Assert.That(picture, Does.Contain("step 2 of 2: 50 %").And.Contain("seen 7.0 s ago").And.Contain("failed, and is taken again: the network is gone"));
    }

    private static StatusDocument Document(Standing standing) =>
        StatusDocument.Of("workspace", standing, standing.NextSteps(target => $"./build.sh --target={target}"));
}
