using System.Collections.Immutable;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Journal;

/// <summary>What was read of a journal.</summary>
/// <param name="Events">The events, oldest first.</param>
/// <param name="Unreadable">The lines that are no events of a version that is known; they were passed over.</param>
public sealed record JournalReading(IReadOnlyList<JournalEvent> Events, ImmutableArray<UnreadableLine> Unreadable)
{
    /// <summary>A journal in which nothing stands.</summary>
    public static JournalReading None { get; } = new([], []);

    /// <summary>Whether a line that can't be read comes after the latest run's beginning, and may be that of a later one.</summary>
    public bool MayLackRun { get; init; }

    /// <summary>The run that has not ended: it holds the lock, or died with it. Null when none has.</summary>
    public RunStarted? OpenRun
    {
        get
        {
            for (var index = Events.Count - 1; index >= 0; index--)
            {
                switch (Events[index])
                {
                    case RunStarted run:
                        return run;
                    case RunEnded:
                        return null;
                }
            }

            return null;
        }
    }

    /// <summary>The latest write of traffic or mark whose end is not written down: it may be under way. Null when there is none.</summary>
    public WriteIntended? Intended => Events.LastOrDefault(
        happened => happened is WriteIntended or TrafficKnown or MarkWritten or ForeignChangeMet) as WriteIntended;

    /// <summary>What the rollout that was begun last is to bring live, as <see cref="RunStarted.Candidate"/> has it; null when there was none.</summary>
    public string? LatestContent => RunsThatCount.LastOrDefault(run => run.IsOfRollout)?.Candidate;

    /// <summary>The rollout that was begun last, or in which a run did something last; null when there was none.</summary>
    public string? LatestRollout => RunsThatCount.LastOrDefault(run => run.IsOfRollout)?.Rollout;

    /// <summary>The latest rollout of that content that was begun; null when there was none.</summary>
    /// <param name="candidate">As <see cref="RunStarted.Candidate"/> has it.</param>
    public string? LatestRolloutOf(string candidate) =>
        Events.OfType<RunStarted>().LastOrDefault(run => run.Candidate == candidate && run.IsOfRollout)?.Rollout;

    /// <summary>The events of the latest rollout of that content; none when there was none.</summary>
    /// <param name="candidate">As <see cref="RunStarted.Candidate"/> has it.</param>
    public IReadOnlyList<JournalEvent> OfLatest(string candidate) => LatestRolloutOf(candidate) is { } latest ? Of(latest) : [];

    /// <summary>The rollouts in which something was begun since a mark was written, or meant to be; the latest one first.</summary>
    /// <param name="mark">The mark; null for none, which all of them came after.</param>
    public IEnumerable<string> BegunSince(RolloutMark? mark) => Events.Reverse()
        .TakeWhile(happened => mark is null || MarkIn(happened) != mark)
        .OfType<RunStarted>()
        .Where(run => run.IsOfRollout)
        .Select(run => run.Rollout)
        .OfType<string>()
        .Distinct();

    /// <summary>The ids of all rollouts, in the order in which they were begun or a run last did something in them: the latest one is the last.</summary>
    public IReadOnlyList<string> Rollouts => [.. RunsThatCount.Reverse().Select(run => run.Rollout).OfType<string>().Distinct().Reverse()];

    /// <summary>The approvals that were left beside a journal and are not in it yet, each once.</summary>
    /// <param name="approvals">All that were left, as lines.</param>
    /// <param name="events">The journal's events.</param>
    public static IEnumerable<Approved> ApprovalsIn(ReadOnlySpan<byte> approvals, IReadOnlyList<JournalEvent> events) => approvals.IsEmpty
        ? []
        : JournalFormat.Read(approvals).Events.OfType<Approved>().Except(events.OfType<Approved>());

    /// <summary>The events of one rollout.</summary>
    public IReadOnlyList<JournalEvent> Of(string rollout) => [.. Events.Where(happened => happened.Rollout == rollout)];

    /// <summary>
    /// The runs by which a rollout is the latest one, oldest first: that which began it, and those that did something or have not ended. One that
    /// was refused has left the endpoint to the rollout before it, and so has one that found nothing to do.
    /// </summary>
    private IEnumerable<RunStarted> RunsThatCount
    {
        get
        {
            var begun = new HashSet<string?>();
            RunStarted? idle = null;
            foreach (var happened in Events)
            {
                var isEnd = happened is RunStarted or RunEnded;
                if (idle is { } run && (isEnd || happened is ActionStarted or ActionFinished))
                {
                    idle = null;
                    if (!isEnd || (happened is not RunEnded { Outcome: Outcome.Done } && !begun.Contains(run.Rollout)))
                    {
                        begun.Add(run.Rollout);
                        yield return run;
                    }
                }

                idle = happened as RunStarted ?? idle;
            }

            if (idle is not null)
            {
                yield return idle;
            }
        }
    }

    private static RolloutMark? MarkIn(JournalEvent happened) => happened switch
    {
        WriteIntended intended => intended.Mark,
        TrafficWritten written => written.Mark,
        MarkWritten written => written.Mark,
        Adopted adopted => adopted.Mark,
        _ => null,
    };
}
