using System.Collections.Immutable;
using System.Globalization;
using Sluice.Rollouts.Analysis.Kayenta;
using Sluice.Rollouts.Analysis.Measurements;
using Sluice.Rollouts.Spec.Gates;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>Reads gates: each has one section that says what is asked, and what follows from the answers.</summary>
internal sealed class GateReader
{
    private static readonly Format<int> Count = Formats.Whole(1, 1_000_000);
    private static readonly Format<int> Limit = Formats.Whole(MetricLimits.Never, 1_000_000);
    private static readonly Format<double> Tolerance = Formats.NumberFrom(1, 10);
    private static readonly Format<TimeSpan> Interval = Formats.Time(TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1));
    private static readonly Format<EvidenceSource> Sources =
        Formats.OneOf(("traffic", EvidenceSource.Traffic), ("replay", EvidenceSource.Replay));

    private static readonly Format<Consequence> AfterFail = Formats.OneOf(("hold", Consequence.Hold), ("rollback", Consequence.Rollback));
    private static readonly Format<Consequence> AfterOther = Formats.OneOf(
        ("advance", Consequence.Advance), ("hold", Consequence.Hold), ("rollback", Consequence.Rollback));

    private static readonly Format<int> Percents = Formats.OneOf(("p50", 50), ("p90", 90), ("p95", 95), ("p99", 99));
    private static readonly Format<QualityMetric> QualityMetrics = Formats.OneOf(
        ("accuracy", QualityMetric.Accuracy), ("auc", QualityMetric.Auc), ("logLoss", QualityMetric.LogLoss), ("calibration", QualityMetric.Calibration));

    private static readonly Format<double> LeastQuality = Formats.NumberFrom(0, 1);
    private static readonly Format<double> MostLoss = Formats.NumberFrom(0, 4.6);
    private static readonly Format<string> KayentaMetrics = Formats.Name("errorRate", "p50", "p90", "p95", "p99");
    private static readonly Format<MetricDirection> Directions = Formats.OneOf(
        ("increase", MetricDirection.Increase), ("decrease", MetricDirection.Decrease), ("either", MetricDirection.Either));

    private readonly (string Key, Func<MapReader, Func<string, GateRule>> Read, string About)[] _kinds;
    private readonly List<ProbeTable> _labelled = [];

    /// <summary>A reader that has read no gate yet.</summary>
    public GateReader() => _kinds =
    [
        ("errors", ReadErrors, "The candidate's error rate against the stable deployment's, by a test that may be read at every look."),
        ("latency", ReadLatency, "A quantile of the candidate's latency, against the stable deployment's own or an objective."),
        ("agreement", ReadAgreement, "How often both versions give the same answer to the same row."),
        ("drift", ReadDrift, "How far the candidate's scores are distributed away from the stable deployment's, on the same rows."),
        ("quality", ReadQuality, "How well the candidate answers rows whose labels are known, before it gets any traffic."),
        ("metric", ReadMetric, "A metric of Azure Monitor, measured again and again and held against conditions."),
        ("kayenta", ReadKayenta, "Kayenta's judge on what callers met by minute, for teams that come from it; its looks are not corrected for their number."),
        ("webhook", ReadWebhook, "Somebody else's service judges: 2xx is a Pass, 4xx a Fail (401, 403, 404, 408 and 429 are not), anything else an Error."),
        ("approval", ReadApproval, "People must approve while the weight is held, at any time. The run ends as held when nothing else is missing; the same command goes on when they have."),
    ];

    /// <summary>The tables of labelled rows that the gates so far name, which the candidate will get.</summary>
    public ImmutableArray<ProbeTable> LabelledTables => [.. _labelled];

    /// <summary>Reads a list of gates.</summary>
    /// <param name="map">The map that has the list as <c>gates</c>.</param>
    /// <param name="about">What they are for.</param>
    /// <returns>The gates, each with where its name would be changed.</returns>
    public ImmutableArray<Field<GateRule>> ReadList(MapReader map, string about) => map.List("gates", Read, about)?.Value ?? [];

    private Field<GateRule> Read(MapReader map)
    {
        var name = map.Optional("name", Formats.Text, "What messages and the journal call it; what it asks about without it. No two gates have the same name, whatever steps they are of.");
        var observe = map.OrDefault("observeOnly", Formats.Flag, false, "Whether it is asked and written down, and nothing follows from it.");
        var on = map.Section("on", ReadConsequences, "What follows from each answer but Pass.");
        var read = _kinds.Select(kind => (kind.Key, Rule: map.OptionalSection(kind.Key, kind.Read, kind.About))).ToArray();
        var written = read.Where(kind => map.Has(kind.Key)).ToArray();
        map.HasOneOf([.. _kinds.Select(kind => kind.Key)]);
        foreach (var other in written.Skip(1))
        {
            map.Mistake(other.Key, $"{map.PathOf(other.Key)} is written beside {written[0].Key}; allowed: one question in a gate.");
        }

        if (written is not [{ Rule: { } rule } first, ..])
        {
            if (!map.HasUnknownKeys)
            {
                map.Mistake(map.Place, $"The gate asks nothing; allowed: one of {string.Join(", ", _kinds.Select(kind => kind.Key))}.");
            }

            return new(new ApprovalRule("", 1), map.Place, IsGood: false);
        }

        return new(rule(name?.Value ?? first.Key) with { ObserveOnly = observe.Value, On = on }, name?.Place ?? map.Place);
    }

    private static Consequences ReadConsequences(MapReader map) => new(
        map.OrDefault("fail", AfterFail, Consequences.Default.Fail, "After Fail; observeOnly is for gates that are only to be watched.").Value,
        map.OrDefault("inconclusive", AfterOther, Consequences.Default.Inconclusive, "After Inconclusive: a person should look.").Value,
        map.OrDefault("noData", AfterOther, Consequences.Default.NoData, "After NoData: too little has been seen.").Value,
        map.OrDefault("error", AfterOther, Consequences.Default.Error, "After Error: it could not be asked.").Value);

    private static Func<string, GateRule> ReadErrors(MapReader map)
    {
        var source = map.OrDefault(
            "source", Sources, EvidenceSource.Traffic, "Whose requests are counted: the callers', or rows that are sent to both.");
        var tolerance = map.OrDefault(
            "tolerance", Tolerance, 1.25, "How many times the stable deployment's error rate is still as good.");
        var passRatio = map.OrDefault(
            "passRatio", Formats.NumberAbove(1, 20), 2, "The ratio that must be excluded before the candidate is certainly good.");
        var negligible = map.OrDefault(
            "negligible",
            Formats.NumberFrom(0, 0.5),
            0.01,
            "The share of failed requests that needs no comparison: a candidate that is certainly below it has proven itself, also where nothing fails. 0 for none.");
        var minimum = map.OrDefault("minimumRequests", Count, 50, "The candidate's requests that a step needs before it can pass.");
        var once = map.OrDefault("oncePerLook", Formats.Flag, false, "Whether all errors of a look count as one, for errors in bursts; replay only.");
        if (tolerance.IsGood && passRatio.IsGood && passRatio.Value <= tolerance.Value)
        {
            map.Mistake(
                "passRatio",
                FormattableString.Invariant(
                    $"{map.PathOf("passRatio")} is {passRatio.Value}; allowed: a number above the tolerance, {tolerance.Value}."));
        }

        if (once is { IsGood: true, Value: true } && source is { IsGood: true, Value: EvidenceSource.Traffic })
        {
            map.Mistake("oncePerLook", $"{map.PathOf("oncePerLook")} is true; allowed: only with the source replay.");
        }

        return name => new ErrorsRule(name)
        {
            Source = source.Value,
            Tolerance = tolerance.Value,
            PassRatio = passRatio.Value,
            Negligible = negligible.Value,
            MinimumRequests = minimum.Value,
            OncePerLook = once.Value,
        };
    }

    private static Func<string, GateRule> ReadLatency(MapReader map)
    {
        var source = map.OrDefault(
            "source", Sources, EvidenceSource.Traffic, "Whose requests are timed: the callers', or rows that are sent to both.");
        var quantile = map.OrDefault("quantile", Percents, 95, "The quantile.");
        var tolerance = map.OrDefault(
            "tolerance", Tolerance, 1.25, "How many times the stable deployment's quantile is still as good; without an objective.");
        var objective = map.Optional(
            "objective", Formats.Time(TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(5)), "What it must not exceed; without it the stable one's own.");
        var minimum = map.OrDefault("minimum", Count, 1, "What a step needs before it can pass: minutes of traffic, or replayed rows.");
        var once = map.OrDefault(
            "oncePerLook", Formats.Flag, true, "Whether a look counts once, for pauses that slow several of its requests; replay without an objective only.");
        if (map.Has("oncePerLook") && once is { IsGood: true, Value: true } && (source is { IsGood: true, Value: EvidenceSource.Traffic } || objective is not null))
        {
            map.Mistake("oncePerLook", $"{map.PathOf("oncePerLook")} is true; allowed: only with the source replay and without an objective.");
        }

        if (objective is not null && map.Has("tolerance"))
        {
            map.Mistake("tolerance", $"{map.PathOf("tolerance")} is written beside objective; allowed: one of the two.");
        }

        return name => new LatencyRule(name)
        {
            Source = source.Value,
            Percent = quantile.Value,
            Tolerance = tolerance.Value,
            Objective = objective?.Value,
            Minimum = minimum.Value,
            OncePerLook = once.Value,
        };
    }

    private static Func<string, GateRule> ReadAgreement(MapReader map)
    {
        var share = map.Optional("atLeast", Formats.NumberAbove(0, 1), "The share of rows that must be answered alike; this or margin.");
        var margin = map.Optional(
            "margin", Formats.NumberBelow(0, 1), "How far below their agreement before the start it may be, for versions that rightly disagree; this or atLeast.");
        var minimum = map.OrDefault("minimumPairs", Count, 100, "The pairs that a Pass needs.");
        map.HasOneOf("atLeast", "margin");
        if ((share is null) == (margin is null))
        {
            map.Mistake(
                map.Place, $"{map.PathOf("atLeast")} and {map.PathOf("margin")} are {(share is null ? "missing" : "both there")}; allowed: one of the two.");
        }

        return name => new AgreementRule(name) { AtLeast = share?.Value, Margin = margin?.Value, MinimumPairs = minimum.Value };
    }

    private static Func<string, GateRule> ReadDrift(MapReader map)
    {
        var maximum = map.OrDefault(
            "maximumDistance",
            Formats.NumberBelow(0, 1),
            0.2,
            "The largest distance of the two distribution functions that still passes (Kolmogorov and Smirnov's).");
        var minimum = map.OrDefault("minimumPairs", Formats.Whole(20, 1_000_000), 100, "The pairs of scores that a Pass needs.");
        return name => new DriftRule(name) { MaximumDistance = maximum.Value, MinimumPairs = minimum.Value };
    }

    private Func<string, GateRule> ReadQuality(MapReader map)
    {
        var path = FilePath.From(map.Required(
            "sample",
            Formats.Path,
            "A JSON file with rows and their right labels: {\"columns\": […], \"data\": [[…], …], \"labels\": […]}, or, for scoring scripts of "
            + "one's own, {\"requests\": […], \"labels\": […]}. \"positive\" says which of two labels a high score stands for; else it is the last one in order."));
        var metric = map.OrDefault("metric", QualityMetrics, QualityMetric.Accuracy, "What is measured.");
        var least = map.Optional("atLeast", LeastQuality, "The least that passes; required of accuracy and auc, and only theirs.");
        var most = map.Optional("atMost", MostLoss, "The most that passes; required of logLoss (in nats, of which no row counts for more than 4.61) and of calibration (mean score less share of positives), and only theirs.");
        var isLess = QualityRule.IsLessBetterOf(metric.Value);
        var (limit, other, needed, unneeded) = isLess ? (most, least, "atMost", "atLeast") : (least, most, "atLeast", "atMost");
        if (limit is null && metric.IsGood)
        {
            map.Mistake(map.Place, $"{map.PathOf(needed)} is missing; allowed: {(isLess ? MostLoss : LeastQuality).Allowed}.");
        }

        if (other is not null && metric.IsGood)
        {
            map.Mistake(unneeded, $"{map.PathOf(unneeded)} does not go with {QualityMetrics.Write(metric.Value)}; allowed: {needed}.");
        }

        var sample = path is null ? null : map.ReadJson(path, file => ReadSample(file, path.Absolute, metric));
        return name => new QualityRule(
            name, sample ?? new LabelledSample(path?.Absolute ?? "", [], []), metric.Value, limit?.Value ?? 0);
    }

    private LabelledSample? ReadSample(MapReader map, string path, Field<QualityMetric> metric)
    {
        var sample = LabelledSampleReader.Read(map, path, _labelled);
        if (sample is not null && metric is { IsGood: true, Value: not QualityMetric.Accuracy } && sample.Labels.Distinct().Count() is not 2 and var kinds)
        {
            map.Mistake(
                "labels",
                $"{map.PathOf("labels")} has {kinds} {(kinds == 1 ? "kind" : "kinds")} of label; allowed: 2, which {QualityMetrics.Write(metric.Value)} needs.");
        }

        return sample;
    }

    private static Func<string, GateRule> ReadMetric(MapReader map)
    {
        var metric = map.Required("name", Formats.Text, "The metric's name, as Azure Monitor writes it: CpuUtilizationPercentage.");
        var of = map.OrDefault("of", Formats.Name("endpoint", "deployment"), "endpoint", "Whose metric it is: the endpoint's, or the candidate's deployment's.");
        var aggregation = map.OrDefault(
            "aggregation", Formats.Name("Average", "Minimum", "Maximum", "Total", "Count"), "Average", "How a minute's value is made of its samples.");
        var filter = map.Optional(
            "filter", Formats.Text, "A filter on dimensions: deployment eq '{candidate}'. {candidate} and {stable} are the deployments' names.");
        var success = ReadCondition(map, "success", "When a value is good, as result <= 0.05 && result > 0; what is neither good nor bad is inconclusive. This or failure is required.");
        var failure = ReadCondition(map, "failure", "When a value is bad; this or success is required.");
        var interval = map.Optional("interval", Interval, "From one measurement to the next; it is measured once without it. Looks are never more often.");
        var limits = new MetricLimits
        {
            FailureLimit = map.OrDefault("failureLimit", Limit, 0, "The measurements that may fail; -1 for all.").Value,
            InconclusiveLimit = map.OrDefault("inconclusiveLimit", Limit, 0, "The measurements that may be inconclusive; -1 for all.").Value,
            ConsecutiveErrorLimit = map.OrDefault(
                "consecutiveErrorLimit", Formats.Whole(0, 1_000_000), 4, "The tries in a row that may bring no value.").Value,
            ConsecutiveSuccessLimit = map.OrDefault(
                "consecutiveSuccessLimit", Formats.Whole(0, 1_000_000), 0, "The good measurements in a row that are a success at once; 0 for none.").Value,
            Count = map.Optional("count", Count, "The measurements to make; as many as there is time for without it.")?.Value,
            Interval = interval?.Value,
            InitialDelay = map.OrDefault(
                "initialDelay", Formats.Time(TimeSpan.Zero, TimeSpan.FromDays(1)), TimeSpan.Zero, "From the beginning of the step to the first one.").Value,
        };
        if (limits is { Count: > 1, Interval: null })
        {
            map.Mistake("count", $"{map.PathOf("count")} is {limits.Count}, and there is no interval; allowed: an interval, or one measurement.");
        }

        if (!map.Has("success") && !map.Has("failure"))
        {
            map.Mistake(map.Place, $"{map.PathOf("success")} and {map.PathOf("failure")} are missing; allowed: at least one of the two.");
        }

        return name => new MetricRule(name, metric.Value)
        {
            OfDeployment = of.Value == "deployment",
            Aggregation = aggregation.Value,
            Filter = filter?.Value,
            Conditions = new(success, failure),
            Limits = limits,
        };
    }

    private static Func<string, GateRule> ReadKayenta(MapReader map)
    {
        var metrics = map.List("metrics", ReadKayentaMetric, "What is compared; errorRate and p95, both bad when they rise, without it.", "at least one metric");

        var pass = map.OrDefault("pass", Formats.NumberFrom(0, 100), 95, "The least score that passes.");
        var marginal = map.OrDefault("marginal", Formats.NumberFrom(0, 100), 75, "The least score that is inconclusive instead of a Fail.");
        var minimum = map.OrDefault("minimumMinutes", Formats.Whole(2, 10_000), 10, "The minutes with requests of both that a judgement needs.");
        if (pass.IsGood && marginal.IsGood && marginal.Value > pass.Value)
        {
            map.Mistake("marginal", string.Create(
                CultureInfo.InvariantCulture, $"{map.PathOf("marginal")} is {marginal.Value}; allowed: at most pass, {pass.Value}."));
        }

        return name => new KayentaRule(name)
        {
            Metrics = metrics?.Value ?? [Rising("errorRate"), Rising("p95")],
            Settings = new(pass.Value, marginal.Value),
            MinimumMinutes = minimum.Value,
        };

        static CanaryMetric Rising(string metric) => new(metric) { Direction = MetricDirection.Increase };
    }

    private static CanaryMetric ReadKayentaMetric(MapReader map)
    {
        var name = map.Required("name", KayentaMetrics, "The share of requests that failed, or a quantile of their latency.");
        return new(name.Value ?? "")
        {
            Direction = map.OrDefault("direction", Directions, MetricDirection.Increase, "Which change is bad.").Value,
            Tolerance = map.OrDefault("tolerance", Formats.NumberFrom(0, 10), 0.25, "How far the interval must stay from no change, as a share of the change.").Value,
            ConfidenceLevel = map.OrDefault("confidenceLevel", Formats.NumberFrom(0.5, 0.9999), 0.98, "The confidence level of the interval.").Value,
            IsCritical = map.OrDefault("critical", Formats.Flag, false, "Whether its failure makes the whole score 0.").Value,
            AllowedIncrease = map.Optional("allowedIncrease", Formats.NumberAbove(0, 1_000), "The ratio of means from which a rise is bad.")?.Value,
            AllowedDecrease = map.Optional("allowedDecrease", Formats.NumberAbove(0, 1_000), "The ratio of means down to which a fall is not bad.")?.Value,
        };
    }

    private static MetricCondition? ReadCondition(MapReader map, string key, string about)
    {
        if (map.Optional(key, Formats.Text, about) is not { IsGood: true } text)
        {
            return null;
        }

        if (MetricCondition.TryParse(text.Value, out var condition, out var mistake))
        {
            return condition;
        }

        map.Mistake(text.Place, $"{map.PathOf(key)} is \"{text.Value}\": {mistake}");
        return null;
    }

    private static Func<string, GateRule> ReadWebhook(MapReader map)
    {
        var address = map.Required("url", Formats.WebAddress, "Where the question is sent to, as a POST.");
        var token = map.Optional("tokenVariable", Names.EnvironmentVariable, "The environment variable that holds a bearer token for it.");
        var interval = map.OrDefault("interval", Interval, TimeSpan.FromMinutes(1), "The time between two questions.");
        var timeout = map.OrDefault(
            "timeout", Formats.Time(TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5)), TimeSpan.FromSeconds(10), "The longest wait for an answer.");
        return name => new WebhookRule(name, address.Value)
        {
            TokenVariable = token?.Value,
            Interval = interval.Value,
            Timeout = timeout.Value,
        };
    }

    private static Func<string, GateRule> ReadApproval(MapReader map)
    {
        var people = map.OrDefault("people", Formats.Whole(1, 10), 1, "How many, beside the one who started the rollout.");
        return name => new ApprovalRule(name, people.Value);
    }
}
