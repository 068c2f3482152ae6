using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Planning.Stages;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning.Guidance;

/// <summary>
/// Says what a person may do next, by the planner's own word: what it would refuse in the situation is not offered, unless the remark says what
/// has to happen before.
/// </summary>
/// <param name="commands">Writes the commands.</param>
/// <param name="situation">The situation.</param>
/// <param name="configured">The guide to what the configuration would bring live, as its next run finds it; null where that is the same.</param>
public sealed class Guide(Commands commands, Situation situation, Guide? configured = null)
{
    /// <summary>Ways back that are offered where it is not known which deployment was the stable one.</summary>
    private const int MostWaysBack = 3;

    /// <summary>Flags by which a person decides what the planner leaves to them.</summary>
    private static readonly (string Flag, string When, Func<Situation, Situation> Say)[] Words =
    [
        ("--adopt", "goes on from what is there", asked => asked with { Adopt = true }),
        ("--retry", "makes it anew, and tries again", asked => asked with { Retry = true }),
    ];

    private EndpointState? Endpoint => situation.State.Endpoint;

    /// <summary>Says it of a rollout, whatever its situation's configuration would bring live.</summary>
    /// <param name="commands">Writes the commands.</param>
    /// <param name="situation">The situation, as the configuration makes it.</param>
    /// <param name="ofConfigured">What has happened in the latest rollout of what the configuration would bring live.</param>
    public static Guide OfRollout(Commands commands, Situation situation, IReadOnlyList<JournalEvent> ofConfigured)
    {
        ArgumentNullException.ThrowIfNull(commands);
        ArgumentNullException.ThrowIfNull(situation);
        return situation.MeaningRollout is { } meant && meant != situation
            ? new(commands.Meaning(meant.Spec.Model.Candidate), meant, new(commands, situation with { History = new(ofConfigured) }))
            : new(commands, situation);
    }

    /// <summary>The steps after a stage, for who ran it.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="finish">How it ended.</param>
    public NextSteps After(Stage stage, FinishDecision finish) => new([.. Of(stage, finish)]);

    /// <summary>The steps while a run goes on that waits for people or for time.</summary>
    /// <param name="awaited">What it waits for.</param>
    public NextSteps While(Awaited awaited)
    {
        ArgumentNullException.ThrowIfNull(awaited);
        return new(awaited switch
        {
            { Scope: { } scope } => [Approval(scope), .. WaysBack()],
            { Kind: AwaitedKind.Window } => [new(null, "nothing; the run waits, and goes on by itself"), .. WaysBack()],
            _ => [new(commands.Of("Status --watch"), "shows how it goes on"), .. WaysBack()],
        });
    }

    /// <summary>
    /// The steps after an error or a signal, which says itself what is wrong. Another try that has begun goes on without being asked for again.
    /// </summary>
    public NextSteps AfterError()
    {
        if (Endpoint is { FailedToBeCreated: true })
        {
            return commands.AfterError(hasBrokenEndpoint: true);
        }

        var goesOn = !IsRefused(Planner.FirstUndone(Line.Rollout, NextRun(situation.History, Line.Rollout)).Decision);
        var again = commands with { Again = goesOn ? commands.AgainWithout("--retry") : commands.Again };
        return new(
        [
            .. again.AfterError(hasBrokenEndpoint: false).Steps,
            .. situation.KnownMark is { IsOpen: true } || situation.WaitingMark is not null ? WaysBack() : [],
        ]);
    }

    /// <summary>The steps for who looks at a run that goes on.</summary>
    /// <param name="isRollback">Whether it does nothing but roll back.</param>
    public NextSteps Amid(bool isRollback) =>
        new([new(commands.Of("Status --watch"), "shows how the run goes on"), .. isRollback ? [] : WaysBack()]);

    /// <summary>The steps for who looks at an endpoint where no run goes on.</summary>
    /// <param name="stage">The stage that the next run would begin with.</param>
    /// <param name="next">What is to be done in it; null where the configuration is not the rollout's, so that nobody knows.</param>
    /// <param name="ended">How the latest rollout ended; null when it has not, or when there was none.</param>
    public NextSteps At(Stage stage, Decision? next, Outcome? ended)
    {
        NextStep[] steps =
        [
            .. (next, ended) switch
            {
                _ when Endpoint is { FailedToBeCreated: true } => commands.AfterError(hasBrokenEndpoint: true).Steps,
                (_, Outcome.RolledBack) => AfterRollback(),
                (_, Outcome.Done) => [.. configured?.Onward("the configured") ?? [], .. Finished()],
                (FinishDecision { Outcome: not Outcome.Done } finish, _) => Of(stage, finish),
                (null, _) => [.. WaysBack(), new(null, "the configuration that the rollout was begun with goes on")],
                _ when Endpoint?.Mark is { IsOpen: true } => [new(commands.Again, "goes on"), .. WaysBack()],
                (FinishDecision, _) => Finished(),
                _ => [new(commands.Of($"{Stage.Promote}"), situation.History.Content is null ? "begins the rollout" : "goes on"), .. situation.WaitingMark is null ? [] : WaysBack(), .. Deletion()],
            },
        ];
        return new([.. steps.Where(step => step != commands.Look)]);
    }

    private IEnumerable<NextStep> Of(Stage stage, FinishDecision finish) => finish switch
    {
        { Outcome: Outcome.RolledBack } => AfterRollback(),
        { Outcome: Outcome.Failed } when stage is Stage.Approve => [.. finish.Awaited is { Scope: { } asked } ? [Approval(asked)] : Array.Empty<NextStep>(), commands.Look],
        { Awaited.Scope: { } scope } => [Approval(scope), new(commands.Again, "once it is approved"), .. WaysBack()],
        { Outcome: Outcome.Held } when UnderWay(stage) is { Length: > 0 } first => [.. first.Concat(WaysBack()).Distinct(), new(commands.Again, "once that rollout is over")],
        { Outcome: Outcome.Held } => [commands.Look, .. Decided(stage), .. WaysBack(), new(commands.Again, WhenAgain(stage, finish))],
        { Brings: { } missing } => Toward(missing, [missing], "brings what is missing"),
        { Outcome: Outcome.Failed } when stage is Stage.Rollback => [commands.Look, .. WaysBack()],
        { Outcome: Outcome.Failed } when Endpoint is { FailedToBeCreated: true } => commands.AfterError(hasBrokenEndpoint: true).Steps,
        { Outcome: Outcome.Failed } =>
            [commands.Look, .. Logs(), .. Decided(stage), .. situation.WaitingMark is null ? [] : WaysBack(), new(commands.Again, "once that is mended")],
        _ => Done(stage),
    };

    private IEnumerable<NextStep> Done(Stage stage) => stage switch
    {
        Stage.Promote => Finished(),
        Stage.Rollback => Endpoint is { Mark: { Status: RolloutStatus.RolledBack } mark } && Endpoint.Traffic.Sole == mark.Stable
            ? AfterRollback()
            : [commands.Look],
        Stage.Approve => Toward(Stage.Promote, Line.Rollout, "goes on"),
        _ when Endpoint is null => [new(commands.Of($"{Stage.Promote}"), "begins anew")],
        _ when Line.After(stage) is { } next => Toward(next, [next], "goes on with the next stage"),
        _ => [Request()],
    };

    /// <summary>A step, or those that its obstacle asks for where the planner would refuse it.</summary>
    private IEnumerable<NextStep> Toward(Stage target, IReadOnlyList<Stage> stages, string when)
    {
        var command = commands.Of($"{target}");
        var forecast = Foreseen(stages, NextRun(situation.History, stages));
        return IsRefused(forecast)
            ? new Guide(commands with { Again = command }, situation, configured).Of(forecast.EndsIn, forecast.End)
            : [new(command, when)];
    }

    /// <summary>What is done when a rollout has come to its good end.</summary>
    private NextStep[] Finished()
    {
        NextStep[] steps = [.. Deletion(), .. Endpoint?.Mark is { Status: RolloutStatus.Completed } ? WaysBack() : []];
        return steps.Length > 0 ? steps : [Request()];
    }

    /// <summary>What is done about a candidate that was taken back.</summary>
    private IEnumerable<NextStep> AfterRollback()
    {
        if (Endpoint?.Mark is { Status: RolloutStatus.RolledBack } mark && Endpoint.Deployment(mark.Candidate) is not null)
        {
            yield return Log(mark.Candidate);
        }

        NextStep[] wanted = [.. configured?.Onward("the configured") ?? []];
        foreach (var step in (wanted.Length > 0 ? wanted : Onward("the same")).Concat(Deletion()))
        {
            yield return step;
        }

        yield return new(null, "or another version is rolled out");
    }

    /// <summary>What the deployments wrote that failed their smoke tests in this run.</summary>
    private IEnumerable<NextStep> Logs() => (Endpoint?.Deployments ?? [])
        .Where(deployment => situation.History.SmokeTestOf(deployment.Name) is { Kind: not VerdictKind.Pass })
        .Select(deployment => Log(deployment.Name));

    private NextStep Log(string deployment) => new(commands.Of($"Logs --deployment-name={deployment}"), "shows what its container wrote");

    /// <summary>What goes on with the rollout whose end a held stage waits for; none where it waits for none, and where nobody knows of what that is.</summary>
    private NextStep[] UnderWay(Stage stage)
    {
        if (Endpoint?.Mark is not { IsOpen: true } mark || situation.History.ForeignChanges.Count > 0)
        {
            return [];
        }

        if (Preconditions.NoOtherIsUnderWay(situation) is null)
        {
            return stage is Stage.Cleanup && mark == situation.CandidateMark
                ? [.. Toward(Stage.Promote, Line.Rollout, $"goes on with the rollout of {mark.Candidate}")]
                : [];
        }

        return Endpoint.Deployment(mark.Candidate) is { } other && situation.State.Models.FirstOrDefault(version => Situation.Serves(other, version)) is { } version
            ? [new(commands.Meaning(version.Source).Of($"{Stage.Promote}"), $"goes on with the rollout of {mark.Candidate}, which has {version.Title}")]
            : [];
    }

    /// <summary>What rolls the situation's version out where it does not serve yet; nothing where the planner would not.</summary>
    /// <param name="which">Which version it is, where it is tried again.</param>
    private IEnumerable<NextStep> Onward(string which)
    {
        // Another try is another rollout; that this one was rejected, only its own history may tell.
        var anew = NextRun(History.Empty, Line.Rollout) with { RolloutId = "" };
        var isRejected = situation.History.Content == situation.Spec.Model.CandidateContent
            && situation.History.LastMark is { Status: RolloutStatus.RolledBack }
            && !situation.History.IsOfEarlierEndpoint(Endpoint);
        var next = Planner.FirstUndone(Line.Rollout, anew).Decision;
        if (!isRejected && !IsRefused(next))
        {
            return next is FinishDecision ? [] : [new(commands.Of($"{Stage.Promote}"), "rolls the configured version out")];
        }

        return Planner.FirstUndone(Line.Rollout, anew with { Retry = true }).Decision is FinishDecision
            ? []
            : [new(commands.Of("Promote --retry"), $"tries {which} version again")];
    }

    /// <summary>The command with what a person may decide: of it only what the planner goes by.</summary>
    private IEnumerable<NextStep> Decided(Stage stage)
    {
        var asked = NextRun(situation.History, [stage]);
        return IsRefused(stage, asked)
            ? Words.Where(word => !IsRefused(stage, word.Say(asked))).Select(word => new NextStep(commands.AgainWith(word.Flag), word.When))
            : [];
    }

    private string WhenAgain(Stage stage, FinishDecision held) => held switch
    {
        { Awaited.Kind: AwaitedKind.Window } => "once changes are allowed again",
        _ when !IsRefused(stage, NextRun(situation.History, [stage])) => Upshot.Of(situation, situation.Spec.Strategy.AllGates.OfType<QualityRule>())
            is { Consequence: Consequence.Hold, IsFixed: true }
            ? "asks again, with other labelled rows or another limit"
            : "looks again",
        _ when situation.History.ForeignChanges.Count > 0 => "once that is set back",
        _ when !IsRefused(stage, WithoutDeadline(NextRun(situation.History, [stage]))) => "once rollout.deadline is longer",
        _ => "once that is mended",
    };

    private static Situation WithoutDeadline(Situation asked) =>
        asked with { Spec = asked.Spec with { Strategy = asked.Spec.Strategy with { Deadline = null } } };

    /// <summary>What takes back a rollout that is under way, or has ended; where none tells what was stable, each deployment that could serve.</summary>
    private IEnumerable<NextStep> WaysBack()
    {
        if (Endpoint is not { } endpoint)
        {
            return [];
        }

        if (situation.WaitingMark is { } waiting && GoesBack(to: null, waiting.Stable))
        {
            return [new(commands.Of("Rollback"), $"gives {waiting.Candidate} up; {waiting.Stable} keeps all traffic")];
        }

        var mark = situation.KnownMark;
        if (mark is not null
            && (mark.IsOpen || (mark.Status == RolloutStatus.Completed && endpoint.Traffic.Sole == mark.Candidate))
            && GoesBack(to: null, mark.Stable))
        {
            var which = mark.Candidate == situation.Candidate ? "" : $", which has {endpoint.Deployment(mark.Candidate)?.Served ?? "another version"}";
            return [new(commands.Of("Rollback"), mark.IsOpen ? $"gives {mark.Candidate} up{which}; {mark.Stable} gets all traffic" : $"gives {mark.Stable} all traffic back")];
        }

        // Where what served before is gone, whatever is up may serve instead. The planner goes back to nothing that was rejected.
        string[] ofRollout = mark is null ? [] : mark.Status == RolloutStatus.Completed ? [mark.Candidate, mark.Stable] : [mark.Stable, mark.Candidate];
        var isLost = mark is null ? endpoint.Traffic.IsNone : endpoint.Deployment(mark.Stable) is null;
        var names = ofRollout
            .Concat(endpoint.DeploymentsByTraffic.Select(deployment => deployment.Name).Where(name => endpoint.Traffic[name] > 0 || isLost))
            .Distinct()
            .Where(name => name != endpoint.Traffic.Sole && endpoint.Deployment(name) is not null && GoesBack(name, name))
            .ToArray();
        var promoted = mark is { Status: RolloutStatus.Completed } ? mark.Candidate : null;
        var tried = names.Where(name => name != situation.Candidate || name == promoted).ToArray();
        return (tried.Length > 0 ? tried : names)
            .Take(MostWaysBack)
            .Select(name => new NextStep(commands.Of($"Rollback --to={name}"), $"gives {name} all traffic{(name == promoted ? " again" : "")}"));
    }

    private bool GoesBack(string? to, string target) =>
        situation.History.SmokeTestOf(target) is null or { Kind: VerdictKind.Pass }
        && Planner.Next(Stage.Rollback, NextRun(situation.History, [Stage.Rollback]) with { RollbackTo = to }) is not FinishDecision;

    /// <summary>What deletes retired deployments, and does nothing else: the line up to it would roll out first what has yet to go live.</summary>
    private IEnumerable<NextStep> Deletion()
    {
        if (Planner.Next(Stage.Cleanup, NextRun(situation.History, [Stage.Cleanup])) is not ActDecision { Action: DeleteDeployment })
        {
            return [];
        }

        var isLive = Planner.FirstUndone(Line.Rollout, NextRun(situation.History, Line.Rollout)).Decision is FinishDecision { Outcome: Outcome.Done };
        return [new(commands.Of(isLive ? "Cleanup" : "Cleanup --exclusive"), "deletes what is retired")];
    }

    private NextStep Request() => new(commands.Of("Invoke"), "sends it a request");

    private NextStep Approval(ApprovalScope scope) => new(
        commands.Of($"Approve --stage={scope.ToString().ToLowerInvariant()}"), "by somebody who did not start the rollout");

    private static bool IsRefused(Decision decision) => decision is FinishDecision { Outcome: not Outcome.Done };

    /// <summary>Whether stages would come to nothing: neither a look nor what is written down of a person's word is what they want it for.</summary>
    private static bool IsRefused(Forecast forecast) =>
        IsRefused(forecast.End) && forecast.Actions.All(planned => planned.Action is SetMark or { IsWrite: false });

    private static bool IsRefused(Stage stage, Situation asked) => IsRefused(Foreseen([stage], asked));

    private static Forecast Foreseen(IReadOnlyCollection<Stage> stages, Situation asked) =>
        Forecast.Of(stages, asked, underWay: null, beforeStep: () => { });

    /// <summary>The situation as another run would find it.</summary>
    /// <param name="before">What had happened before it.</param>
    /// <param name="stages">Its stages.</param>
    private Situation NextRun(History before, IReadOnlyList<Stage> stages)
    {
        var begin = new RunStarted(
            situation.Now, stages, situation.Spec.Model.CandidateContent, new RunningProcess("", 0, situation.Now), Unfinished: null)
        {
            Actor = situation.History.Events.OfType<RunStarted>().LastOrDefault()?.Actor,
        };
        var history = new History([.. before.Events, begin]);
        return situation with
        {
            History = history.Look(Endpoint, situation.Now) is { } news ? new([.. history.Events, news]) : history,
            Stages = stages,
            RollbackTo = null,
            Retry = false,
            Adopt = false,
            Approves = null,
        };
    }
}
