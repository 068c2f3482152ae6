using System.Collections.Immutable;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.Analysis;

/// <summary>
/// What the journal of one rollout holds for and against its candidate. Counts of different weights belong together: each look, and each
/// minute, brings its own share of requests.
/// </summary>
public sealed class CandidateEvidence
{
    /// <summary>One request of so many is the least with which a deployment's minute stands for itself.</summary>
    private const int LeastShareServing = 4;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly History _history;
    private readonly string _stable;
    private readonly string _candidate;
    private readonly DateTimeOffset[] _changes;

    /// <summary>Gathers the evidence.</summary>
    /// <param name="history">What has happened in the rollout.</param>
    /// <param name="stable">The stable deployment.</param>
    /// <param name="candidate">The candidate.</param>
    public CandidateEvidence(History history, string stable, string candidate)
    {
        ArgumentNullException.ThrowIfNull(history);
        (_history, _stable, _candidate) = (history, stable, candidate);
        _changes = [.. history.Events.OfType<TrafficKnown>().Select(known => known.Time).Order()];
        Pairs = PairsOf(history.OfDeployments);
        PairsOfStep = PairsOf(history.OfStep);
        TrafficRead[] reads = [.. history.Events.OfType<TrafficRead>()];
        var readOnce = reads.Select(read => read.To - Minute).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
        ComparedMinute[] minutes = [.. MinutesOf([.. reads.SelectMany(read => read.Minutes)]).Where(minute => minute.Start < readOnce)];
        var shift = TrafficMinute.StartOf(history.FirstTrafficOf(candidate) ?? DateTimeOffset.MaxValue);
        StableBefore = [.. minutes.Where(minute => minute.Start < shift).Select(minute => minute.Stable).OfType<TrafficMinute>()];
        Minutes = [.. minutes.Where(minute => minute.Start >= shift)];
        StepSince = history.TrafficSince ?? DateTimeOffset.MaxValue;
        MinutesOfStep = [.. Minutes.Where(minute => minute.Start >= StepSince)];
    }

    /// <summary>The pairs of each look, oldest first.</summary>
    public IReadOnlyList<PairTally> Pairs { get; }

    /// <summary>Those of the looks under the present traffic.</summary>
    public IReadOnlyList<PairTally> PairsOfStep { get; }

    /// <summary>
    /// What callers met in each minute with requests of one of the two, oldest first, since the candidate's first traffic; what the rollout
    /// itself sent is not in it. The newest minute that was read is left out until the next reading, which reads it anew: where one class of
    /// answers is counted later than another, the first reading may show a candidate that does nothing but fail.
    /// </summary>
    public ImmutableArray<ComparedMinute> Minutes { get; }

    /// <summary>What callers of the stable deployment met in the minutes before the candidate's first traffic, oldest first.</summary>
    public ImmutableArray<TrafficMinute> StableBefore { get; }

    /// <summary>All minutes in which callers met the stable deployment, oldest first.</summary>
    public ImmutableArray<TrafficMinute> StableAtAll => [.. StableBefore, .. Minutes.Select(minute => minute.Stable).OfType<TrafficMinute>()];

    /// <summary>
    /// Those in which it answered a quarter of the callers or more, so that a candidate with all of them can be held against single minutes: of
    /// a few requests a minute one that fails is a large share.
    /// </summary>
    public ImmutableArray<TrafficMinute> StableServing =>
    [
        .. StableBefore,
        .. Minutes
            .Where(minute => minute.StableRequests * LeastShareServing >= minute.StableRequests + minute.CandidateRequests)
            .Select(minute => minute.Stable).OfType<TrafficMinute>(),
    ];

    /// <summary>Since when the traffic is as it is; the end of all time before the rollout wrote any.</summary>
    public DateTimeOffset StepSince { get; }

    /// <summary>The minutes that lie wholly under the present traffic.</summary>
    public ImmutableArray<ComparedMinute> MinutesOfStep { get; }

    /// <summary>Whether the candidate has all traffic, so that no minute compares it with the stable deployment.</summary>
    public bool IsAlone => _history.KnownTraffic?[_candidate] == 100;

    /// <summary>The pairs from before the candidate had any traffic, by which later ones are measured; null when there are none.</summary>
    public PairTally? Reference => PairsOf(_history.OfDeployments.TakeWhile(happened => happened != _history.FirstShift)).FirstOrDefault();

    /// <summary>Why the telemetry could not be read the last time; null when it could.</summary>
    public string? TelemetryFault =>
        _history.Events.LastOrDefault(happened => happened is TrafficRead or TelemetryFailed) is TelemetryFailed failed ? failed.Sentence : null;

    /// <summary>
    /// The people who approved the step since the traffic is as it is, as <see cref="History.PeopleOf"/> counts them. Who was shown the step
    /// before, and was slower than the run that left it, has approved that one.
    /// </summary>
    public ImmutableArray<string> ApprovedBy => _history.PeopleOf(_history.OfStep.OfType<Approved>()
        .Where(approved => approved.Scope == ApprovalScope.Step && (approved.TrafficSince ?? StepSince) == StepSince));

    /// <summary>A gate's measurements under the present traffic, oldest first.</summary>
    public IEnumerable<MetricMeasured> MeasurementsOf(string gate) =>
        _history.OfStep.OfType<MetricMeasured>().Where(measured => measured.Gate == gate);

    /// <summary>Those of them that earlier runs made, oldest first.</summary>
    public IEnumerable<MetricMeasured> MeasurementsBeforeRun(string gate) =>
        _history.OfStepBeforeRun.OfType<MetricMeasured>().Where(measured => measured.Gate == gate);

    /// <summary>What a gate's webhook said last under the present traffic; null when it has not been asked.</summary>
    public WebhookAnswered? WebhookOf(string gate) => _history.OfStep.OfType<WebhookAnswered>().LastOrDefault(answered => answered.Gate == gate);

    /// <summary>The candidate's answers to a gate's labelled rows; null when it has not been asked.</summary>
    public QualityMeasured? QualityOf(string gate) => _history.OfDeployments.OfType<QualityMeasured>()
        .LastOrDefault(measured => measured.Gate == gate && measured.Deployment == _candidate);

    private PairTally[] PairsOf(IEnumerable<JournalEvent> events) =>
    [
        .. events.OfType<PairsAnswered>().Where(pairs => pairs.Stable == _stable && pairs.Candidate == _candidate).Select(pairs => pairs.Tally),
    ];

    /// <summary>Which of the traffic maps of the rollout a time belongs to: the number of those that were there before.</summary>
    public int MapAt(DateTimeOffset time)
    {
        var index = Array.BinarySearch(_changes, time);
        return index < 0 ? ~index : index;
    }

    private ImmutableArray<ComparedMinute> MinutesOf(IReadOnlyCollection<TrafficMinute> counted)
    {
        var stable = CallerMinutes.Of(_stable, counted, _history.Events).ToDictionary(minute => minute.Start);
        var candidate = CallerMinutes.Of(_candidate, counted, _history.Events).ToDictionary(minute => minute.Start);
        return
        [
            .. stable.Keys.Union(candidate.Keys).Order()
                .Select(start => new ComparedMinute(start, stable.GetValueOrDefault(start), candidate.GetValueOrDefault(start))),
        ];
    }
}
