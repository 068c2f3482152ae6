using System.Collections.Immutable;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Analysis.Gates;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Planning.Stages;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Planning;

/// <summary>
/// What a run of stages will do if every call succeeds and every probe is answered: the planner, walked over its own
/// predictions. Pure; nothing is called.
/// </summary>
/// <param name="Actions">The actions in order; empty when there is nothing to do.</param>
/// <param name="End">How the last stage that was reached ends.</param>
public sealed record Forecast(ImmutableArray<PlannedAction> Actions, FinishDecision End)
{
    /// <summary>The last stage that was reached.</summary>
    public Stage EndsIn { get; init; }

    /// <summary>How long the run waits in all, for bakes and for windows; the time that its actions take is not in it.</summary>
    public TimeSpan Waits { get; init; }

    /// <summary>The sentence on a run that will change nothing; null when there are actions ahead.</summary>
    public string? Idle => Actions.Any(planned => planned.Action is not TakeLook) ? null
        : !Actions.IsEmpty ? $"Only looks are ahead: {End.Why}"
        : End.Outcome == Outcome.Done ? $"Nothing to do: {End.Why}"
        : $"Nothing can be done: {End.Why}";

    /// <summary>Forecasts the stages one after the other; it stops at the first one that does not end as done.</summary>
    /// <param name="stages">The stages.</param>
    /// <param name="situation">The situation at their beginning.</param>
    /// <param name="underWay">
    /// What a run that died was writing; where the endpoint is being changed, that is what comes of it. Null for nothing.
    /// </param>
    /// <param name="beforeStep">Called before each step, of which a long bake has many; what it throws ends the forecast.</param>
    /// <exception cref="ArgumentException">No stage is given.</exception>
    public static Forecast Of(IReadOnlyCollection<Stage> stages, Situation situation, WriteIntended? underWay, Action beforeStep)
    {
        ArgumentNullException.ThrowIfNull(situation);
        ArgumentNullException.ThrowIfNull(beforeStep);
        situation = situation with { Stages = [.. stages] };
        underWay = situation.State.Endpoint?.State.IsSettled() == false ? underWay : null;
        var actions = ImmutableArray.CreateBuilder<PlannedAction>();
        var waits = TimeSpan.Zero;
        FinishDecision? end = null;
        var reached = default(Stage);
        foreach (var stage in stages)
        {
            reached = stage;
            (situation, waits, end) = Walk(stage, situation, waits, underWay, actions, beforeStep);
            if (end.Outcome != Outcome.Done)
            {
                break;
            }
        }

        return new(actions.ToImmutable(), end ?? throw new ArgumentException("At least one stage is needed.", nameof(stages)))
        {
            EndsIn = reached,
            Waits = waits,
        };
    }

    /// <summary>Walks a stage by one clock, which goes on with each wait and with what each action usually takes.</summary>
    private static (Situation After, TimeSpan Waits, FinishDecision End) Walk(
        Stage stage,
        Situation situation,
        TimeSpan waits,
        WriteIntended? underWay,
        ImmutableArray<PlannedAction>.Builder actions,
        Action beforeStep)
    {
        while (true)
        {
            beforeStep();
            if (situation.History.Look(situation.State.Endpoint, situation.Now) is { } seen)
            {
                situation = situation with { History = new([.. situation.History.Events, seen]) };
            }

            // Looks while a rise waits for a window are one here: they change nothing, and there may be thousands.
            if (Planner.AwaitedOpening(stage, situation) is { } opening)
            {
                waits += opening - situation.Now;
                situation = situation with
                {
                    Now = opening,
                    History = new([.. situation.History.Events, new ProbesAnswered(opening, situation.Candidate ?? "", ProbeTally.Zero)]),
                };
                continue;
            }

            switch (Planner.Next(stage, situation))
            {
                case ActDecision act:
                    var after = situation.State.After(act.Action);
                    if (act.Action is AwaitSettled && underWay is not null && situation.State.Endpoint?.State.IsSettled() == false)
                    {
                        after = after.After(underWay);
                    }

                    actions.Add(new(stage, act.Action, act.Why) { Waited = waits, After = after });
                    situation = situation with
                    {
                        State = after,
                        Now = situation.Now + situation.Takes(act.Action, situation.Spec),
                    };
                    situation = situation with { History = After(situation, act) };
                    break;
                case WaitDecision wait:
                    waits += wait.Until - situation.Now;
                    situation = situation with { Now = wait.Until };
                    break;
                case FinishDecision end:
                    return (situation, waits, end);
            }
        }
    }

    /// <summary>
    /// A gate passes as soon as it can: one on traffic has to wait for its first minute, and one that asks people for those who have not approved.
    /// </summary>
    private static GateReport Foreseen(GateRule gate, TakeLook look, Situation situation) => gate switch
    {
        ApprovalRule approval => ApprovalGate.Judge(approval, new CandidateEvidence(situation.History, look.Stable, look.Candidate)),
        { NeedsTraffic: true, On.NoData: Consequence.Hold } when !Looks.HasMinute(situation) =>
            new(gate.Name, VerdictKind.NoData, "no minute has settled", IsConclusive: false, ImmutableSortedDictionary<string, double>.Empty),
        _ => new(gate.Name, VerdictKind.Pass, "nothing speaks against it", IsConclusive: true, ImmutableSortedDictionary<string, double>.Empty),
    };

    /// <summary>
    /// The history with what an action will have added. The looks of one bake are one that has seen what they all saw: there may be thousands, and
    /// the history is folded anew at each.
    /// </summary>
    private static History After(Situation situation, ActDecision act) =>
        (situation.History.Events, Events(situation, act)) switch
        {
            ([.., ProbesAnswered before, GatesJudged] events, [ProbesAnswered look, GatesJudged judged]) when before.Deployment == look.Deployment =>
                new([.. events.SkipLast(2), look with { Tally = before.Tally + look.Tally }, judged]),
            var (events, added) => new([.. events, .. added]),
        };

    private static JournalEvent[] Events(Situation situation, ActDecision act) => act.Action switch
    {
        SmokeTest smoke => [new SmokeTested(situation.Now, smoke.Deployment, new(VerdictKind.Pass, $"{smoke.Deployment} answers the sample"))],
        TakeLook look =>
        [
            new ProbesAnswered(situation.Now, look.Candidate, new(look.Count, 0, null)),
            new GatesJudged(situation.Now, 0, [.. look.Gates.Select(gate => Foreseen(gate, look, situation))]),
        ],
        _ => act.EventAt(situation.Now) is { } happened ? [happened with { Actor = situation.History.Person }] : [],
    };
}
