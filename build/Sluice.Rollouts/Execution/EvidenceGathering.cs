using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Analysis.Answers;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Execution;

/// <summary>Asks the sources of evidence, and makes events of what they say. What a source does not say is an event too.</summary>
internal sealed class EvidenceGathering(RolloutSpec spec, IWorkspace workspace, EvidenceSources sources, TimeProvider time)
{
    /// <summary>The most probes under way at once, whatever a deployment takes: enough to be quick, too few to be a load.</summary>
    private const int MostAtOnce = 4;

    /// <summary>The status of a request that a deployment had no place for.</summary>
    private const int TooManyRequests = 429;

    /// <summary>Characters of a failing answer that go into the journal.</summary>
    private const int MostOfFault = 250;

    /// <summary>The pauses before a request is sent again that the deployment had no place for.</summary>
    private static readonly ImmutableArray<TimeSpan> Pauses = [TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(750)];

    private readonly EndpointCaller _caller = new(workspace, sources.Scoring, spec.Endpoint.Name, time);
    private readonly SentRequests _sent = new();

    /// <summary>Sends the sample to one deployment.</summary>
    public async Task<SmokeTested> SmokeTestAsync(SmokeTest smoke, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(spec.Probes.Sample, smoke.Deployment, cancellationToken);
        var verdict = answer.Fault is { } fault
            ? new Verdict(VerdictKind.Fail, $"{spec.Probes.SamplePath} got {fault}")
            : new Verdict(VerdictKind.Pass, $"{smoke.Deployment} answered the sample in {answer.Answer.Latency.TotalMilliseconds:0} ms");
        return new(time.GetUtcNow(), smoke.Deployment, verdict);
    }

    /// <summary>Takes one look.</summary>
    /// <param name="look">The look.</param>
    /// <param name="endpoint">The endpoint as it was seen last, which tells how many requests its deployments take.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<JournalEvent>> LookAsync(TakeLook look, EndpointState? endpoint, CancellationToken cancellationToken)
    {
        List<JournalEvent> events = [];
        foreach (var gate in look.Due)
        {
            switch (gate)
            {
                case QualityRule quality:
                    events.Add(await MeasureQualityAsync(quality, look.Candidate, AtOnce(endpoint, look.Candidate), cancellationToken));
                    break;
                case MetricRule metric:
                    events.Add(await MeasureAsync(metric, look, cancellationToken));
                    break;
                case WebhookRule webhook:
                    events.Add(await AskWebhookAsync(webhook, look, cancellationToken));
                    break;
            }
        }

        if (look.Minutes is var (from, to))
        {
            events.Add(await ReadTrafficAsync(look, from, to, cancellationToken));
        }

        events.AddRange(await SendProbesAsync(look, endpoint, cancellationToken));
        return events;
    }

    private async Task<JournalEvent[]> SendProbesAsync(TakeLook look, EndpointState? endpoint, CancellationToken cancellationToken)
    {
        var rows = spec.Probes.Rows;
        var asked = RowsOf(look, rows.Length);
        var candidate = new JudgedAnswer[look.Count];
        var stable = new JudgedAnswer[look.IsPaired ? look.Count : 0];
        var atOnce = AtOnce(endpoint, look.Candidate);
        atOnce = look.IsPaired ? Math.Min(atOnce, AtOnce(endpoint, look.Stable)) : atOnce;
        await ForEachAsync(look.Count, atOnce, async (index, token) =>
        {
            // One after the other, and in turn first: what slows the machine down for a moment then slows down both alike.
            if (look.IsPaired && index % 2 == 0)
            {
                stable[index] = await AskAsync(rows[asked[index]], look.Stable, token);
            }

            candidate[index] = await AskAsync(rows[asked[index]], look.Candidate, token);
            if (look.IsPaired && index % 2 == 1)
            {
                stable[index] = await AskAsync(rows[asked[index]], look.Stable, token);
            }
        }, cancellationToken);
        var faults = candidate.Select(answer => answer.Fault).OfType<string>().ToArray();
        var answered = new ProbesAnswered(time.GetUtcNow(), look.Candidate, new(look.Count, faults.Length, faults.FirstOrDefault()))
        {
            Sent = _sent.Take(),
        };
        return look.IsPaired
            ? [new PairsAnswered(answered.Time, look.Stable, look.Candidate, PairCount.Of(Pairs(), spec.Strategy.Replay)), answered]
            : [answered];

        (int, JudgedAnswer, JudgedAnswer)[] Pairs() => [.. asked.Select((row, index) => (row + 1, stable[index], candidate[index]))];
    }

    /// <summary>
    /// The rows that a look sends, as places in the file from 0. Their order is drawn by chance, another one in each rollout: files are often
    /// sorted, and the rows of a few looks must stand for all of them.
    /// </summary>
    private static int[] RowsOf(TakeLook look, int rows)
    {
        var order = Enumerable.Range(0, rows).ToArray();
        new Random(BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(look.Rollout)))).Shuffle(order);
        return [.. Enumerable.Range(0, look.Count).Select(index => order[(int)(((long)look.RowsBefore + index) % rows)])];
    }

    private async Task<QualityMeasured> MeasureQualityAsync(
        QualityRule rule, string candidate, int atOnce, CancellationToken cancellationToken)
    {
        string[] known = [.. rule.Sample.Labels.Distinct()];
        var answers = new ModelAnswer?[rule.Sample.Rows.Length];
        var faults = new string?[answers.Length];
        await ForEachAsync(answers.Length, atOnce, async (index, token) =>
        {
            var answer = await AskAsync(rule.Sample.Rows[index], candidate, token);
            faults[index] = answer.Fault;
            answers[index] = answer.Fault is null ? ModelAnswer.Read(answer.Answer.Body, spec.Strategy.Replay) : null;
        }, cancellationToken);
        return new(
            time.GetUtcNow(),
            rule.Name,
            candidate,
            rule.Sample.Labels,
            [.. answers.Select(answer => answer?.Label is { } label ? known.FirstOrDefault(each => ModelAnswer.IsSameLabel(label, each)) : null)],
            [.. answers.Select(answer => answer?.Score)])
        {
            Requests = new(answers.Length, faults.Count(fault => fault is not null), faults.FirstOrDefault(fault => fault is not null)),
        };
    }

    private async Task<JournalEvent> ReadTrafficAsync(TakeLook look, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        try
        {
            var minutes = await sources.Telemetry.ReadTrafficAsync(look.Endpoint, from, to, cancellationToken);
            return new TrafficRead(time.GetUtcNow(), from, to, [.. minutes.Where(minute => !look.MinutesBefore.Any(minute.IsLike))]);
        }
        catch (WorkspaceCallException error)
        {
            return new TelemetryFailed(time.GetUtcNow(), error.Message);
        }
    }

    /// <summary>
    /// Measures a metric over the time since the measurement before, as far as it has settled and the traffic was as it is; at least a minute.
    /// </summary>
    private async Task<MetricMeasured> MeasureAsync(MetricRule rule, TakeLook look, CancellationToken cancellationToken)
    {
        var minute = TimeSpan.FromMinutes(1);
        var to = TrafficMinute.StartOf(time.GetUtcNow() - spec.Strategy.Settle);
        var from = to - (rule.Limits.Interval is { } interval && interval > minute ? interval : minute);
        from = look.FirstMinute < to && look.FirstMinute > from ? look.FirstMinute.Value : from;
        var query = new MetricQuery(
            look.Endpoint,
            rule.OfDeployment ? look.Candidate : null,
            rule.Metric,
            rule.Aggregation,
            rule.Filter?.Replace("{candidate}", look.Candidate, StringComparison.Ordinal).Replace("{stable}", look.Stable, StringComparison.Ordinal),
            minute,
            from,
            to);
        try
        {
            var points = (await sources.Telemetry.ReadMetricAsync(query, cancellationToken)).Select(point => point.Value).ToArray();
            return points.Length == 0
                ? new(time.GetUtcNow(), rule.Name, null, "the metric has no value for the time")
                : new(time.GetUtcNow(), rule.Name, Together(rule.Aggregation, points), null);
        }
        catch (WorkspaceCallException error)
        {
            return new(time.GetUtcNow(), rule.Name, null, error.Message);
        }
    }

    private static double Together(string aggregation, double[] minutes) => aggregation switch
    {
        "Minimum" => minutes.Min(),
        "Maximum" => minutes.Max(),
        "Total" or "Count" => minutes.Sum(),
        _ => minutes.Average(),
    };

    private async Task<WebhookAnswered> AskWebhookAsync(WebhookRule rule, TakeLook look, CancellationToken cancellationToken)
    {
        Secret? token = null;
        if (rule.TokenVariable is { } variable && (token = sources.SecretOf(variable)) is null)
        {
            return new(time.GetUtcNow(), rule.Name, 0, $"the environment variable {variable}, which holds its token, is not set");
        }

        var body = new JsonObject
        {
            ["gate"] = rule.Name,
            ["workspace"] = spec.Workspace.Name,
            ["endpoint"] = look.Endpoint,
            ["stable"] = look.Stable,
            ["candidate"] = look.Candidate,
            ["time"] = time.GetUtcNow(),
        };
        var answer = await sources.Webhook.AskAsync(
            rule.Address, body.ToJsonString(JsonSerializerOptions.Web), token, rule.Timeout, cancellationToken);
        return new(time.GetUtcNow(), rule.Name, answer.Status, answer.Sentence);
    }

    /// <summary>Sends a request; one that the deployment had no place for says nothing of the model, and is sent again.</summary>
    private async Task<JudgedAnswer> AskAsync(string body, string deployment, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(body, deployment, cancellationToken);
        foreach (var pause in Pauses)
        {
            if (answer.Status != TooManyRequests)
            {
                break;
            }

            await Task.Delay(pause, time, cancellationToken);
            answer = await SendAsync(body, deployment, cancellationToken);
        }

        return new(answer, FaultOf(answer, deployment));
    }

    private async Task<ScoringAnswer> SendAsync(string body, string deployment, CancellationToken cancellationToken)
    {
        var answer = await _caller.ScoreAsync(body, deployment, cancellationToken);
        _sent.Add(time.GetUtcNow(), deployment, answer);
        return answer;
    }

    /// <summary>The requests to a deployment that may be under way at once: no more than it works on.</summary>
    private static int AtOnce(EndpointState? endpoint, string deployment) =>
        (int)Math.Clamp(endpoint?.Deployment(deployment)?.RequestsAtOnce ?? 1, 1, MostAtOnce);

    private static Task ForEachAsync(int count, int atOnce, Func<int, CancellationToken, ValueTask> body, CancellationToken cancellationToken) =>
        Parallel.ForAsync(
            0, count, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken }, body);

    /// <summary>What is wrong with an answer, in words; null when nothing is.</summary>
    private static string? FaultOf(ScoringAnswer answer, string deployment) => answer switch
    {
        { Failure: { } failure } => Shortened.Of(failure, MostOfFault),
        { Deployment: { } other } when !other.Equals(deployment, StringComparison.OrdinalIgnoreCase) =>
            $"an answer of {other} instead of {deployment}",
        _ => null,
    };
}
