using System.Globalization;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Analysis.Kayenta;
using Sluice.Rollouts.Analysis.Measurements;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Analysis.Gates;

/// <summary>Each gate, asked of journals that are told: its answer, its sentence and its numbers.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class GateTests
{
    private static readonly ErrorsRule Traffic = new("errors");
    private static readonly ErrorsRule Replay = new("errors") { Source = EvidenceSource.Replay };
    private static readonly LatencyRule Minutes = new("latency") { Minimum = 3 };
    private static readonly LatencyRule Timed = new("latency") { Source = EvidenceSource.Replay, Minimum = 20, OncePerLook = false };
    private static readonly LatencyRule Objective = Timed with { Objective = TimeSpan.FromMilliseconds(100) };
    private static readonly AgreementRule Share = new("agreement") { AtLeast = 0.8 };
    private static readonly AgreementRule Margin = new("agreement") { Margin = 0.05 };
    private static readonly DriftRule Drift = new("drift");
    private static readonly WebhookRule Webhook = new("judge", new Uri("https://judge.example/ask"));
    private static readonly ApprovalRule Approval = new("approval", 2);

    [TestCaseSource(nameof(OfErrors))]
    [TestCaseSource(nameof(OfLatency))]
    [TestCaseSource(nameof(OfAgreement))]
    [TestCaseSource(nameof(OfDrift))]
    [TestCaseSource(nameof(OfQuality))]
    [TestCaseSource(nameof(OfMetrics))]
    [TestCaseSource(nameof(OfKayenta))]
    [TestCaseSource(nameof(OfWebhooks))]
    [TestCaseSource(nameof(OfApprovals))]
    public void A_gate_says(Told told, GateRule gate, VerdictKind kind, bool isConclusive, string sentence)
    {
        var report = told.Asked(gate);

        Assert.Multiple(() =>
        {
            Assert.That((report.Kind, report.IsConclusive, report.Sentence), Is.EqualTo((kind, isConclusive, sentence)));
            Assert.That(report.Gate, Is.EqualTo(gate.Name));
            Assert.That(report.Numbers.Values, Has.All.Matches<double>(double.IsFinite));
        });
    }

    [TestCaseSource(nameof(WithoutEvidence))]
    public void What_is_not_known_is_never_a_success(GateRule gate)
    {
        foreach (var told in new[] { Told.BeforeTheStart(), Told.Begun(), Told.Begun().Deaf() })
        {
            var report = told.Asked(gate);

            Assert.That(report.Kind, Is.Not.EqualTo(VerdictKind.Pass), report.Sentence);
            Assert.That(report.IsConclusive, Is.False, report.Sentence);
        }
    }

    [Test]
    public void The_more_gates_may_fail_a_good_candidate_the_more_evidence_each_one_needs()
    {
        var told = Told.Begun().Pairs(100);

        var alone = told.Asked(Replay).Numbers["threshold"];
        var watched = told.Asked(Replay, Drift with { ObserveOnly = true }, Share with { On = Consequences.Default with { Fail = Consequence.Hold } });
        var shared = told.Asked(Replay, Drift, Share, Timed).Numbers["threshold"];

        Assert.Multiple(() =>
        {
            Assert.That(alone, Is.EqualTo(Math.Log(1 / 0.05)).Within(1e-9));
            Assert.That(watched.Numbers["threshold"], Is.EqualTo(alone), "what can't send it back takes no share");
            Assert.That(shared, Is.EqualTo(Math.Log(4 / 0.05)).Within(1e-9));
        });
    }

    [Test]
    public void Errors_of_all_steps_count_against_the_candidate_and_requests_of_the_present_one_for_it()
    {
        var told = Told.Begun().Pairs(300, onlyCandidate: 4).Shift(50).Pairs(20, onlyCandidate: 3);

        var report = told.Asked(Replay);

        Assert.That((report.Numbers["candidateErrors"], report.Numbers["candidateRequestsOfStep"]), Is.EqualTo((7, 20)));
    }

    [Test]
    public void Errors_in_a_burst_count_once_a_look_when_that_is_asked_for()
    {
        var told = Told.Begun().Pairs(100, onlyCandidate: 40);

        Assert.That(told.Asked(Replay).Kind, Is.EqualTo(VerdictKind.Fail));
        Assert.That(told.Asked(Replay with { OncePerLook = true }).Kind, Is.EqualTo(VerdictKind.Pass));
    }

    [Test]
    public void Pauses_count_once_a_look_when_that_is_asked_for()
    {
        var told = Told.Begun().Pairs(20);
        for (var look = 0; look < 4; look++)
        {
            // A pause of each deployment in turn, and more requests meet the candidate's.
            told.Pairs(10, milliseconds: Enumerable.Range(0, 10).Select(pair => look % 2 == 0 ? (3.0, pair < 9 ? 90.0 : 3.0) : (pair < 1 ? 90.0 : 3.0, 3.0)));
        }

        var once = told.Asked(Timed with { OncePerLook = true });

        Assert.That(told.Asked(Timed).Kind, Is.EqualTo(VerdictKind.Fail));
        Assert.That((once.Kind, once.Sentence), Is.EqualTo((
            VerdictKind.Pass,
            "18 of 40 replayed requests took the candidate over 1.25 times the stable deployment's p95 of the looks before (now 3 ms), 2 took the stable deployment over that p95; the candidate had more of them "
            + "in 2 looks, the stable deployment in 2; log e-value -0.73 of 3.00")));
    }

    /// <summary>What most looks say is no Pass, though a Fail takes more of them; one look for the candidate may make it chance.</summary>
    [TestCase(1, 0, 0, VerdictKind.Inconclusive)]
    [TestCase(6, 0, 0, VerdictKind.Inconclusive)]
    [TestCase(6, 2, 1, VerdictKind.Inconclusive)]
    [TestCase(7, 0, 0, VerdictKind.Fail)]
    [TestCase(3, 3, 0, VerdictKind.Pass)]
    [TestCase(4, 0, 1, VerdictKind.Pass)]
    public void Looks_that_mostly_speak_against_a_candidate_are_no_Pass(int slow, int alike, int quick, VerdictKind kind)
    {
        var told = Told.Begun().Pairs(20);
        foreach (var pair in Enumerable.Repeat((3.0, 9.0), slow).Concat(Enumerable.Repeat((3.0, 3.0), alike)).Concat(Enumerable.Repeat((9.0, 3.0), quick)))
        {
            told.Pairs(10, milliseconds: Enumerable.Repeat(pair, 10));
        }

        var report = told.Asked(Timed with { OncePerLook = true, Minimum = 1 });

        Assert.That((report.Kind, report.IsConclusive), Is.EqualTo((kind, kind == VerdictKind.Fail)), report.Sentence);
        Assert.That(report.Sentence, kind == VerdictKind.Inconclusive
            ? Does.EndWith($"; {slow} of {slow + alike + quick} looks speak against the candidate, which is no proof yet")
            : Does.Not.Contain("speak against"));
    }

    [Test]
    public void A_slow_candidate_is_found_within_a_few_looks_that_count_once()
    {
        var told = Told.Begun().Pairs(20);
        for (var look = 0; look < 8; look++)
        {
            told.Pairs(10, milliseconds: Enumerable.Repeat((3.0, 9.0), 10));
        }

        Assert.That(told.Asked(Timed with { OncePerLook = true }).Kind, Is.EqualTo(VerdictKind.Fail));
    }

    /// <summary>Of a candidate whose good answers are counted later than its bad ones the first reading shows bad ones alone.</summary>
    [Test]
    public void A_minute_counts_when_it_has_been_read_a_second_time()
    {
        var told = Told.Begun();
        TrafficRead Read(int minutes, long good) => new(
            Told.Noon.AddMinutes(minutes + 3), Told.Noon, Told.Noon.AddMinutes(minutes), [InMemoryTelemetry.Minute(Told.Noon, "green-2", good, failed: 60)]);

        var atFirst = told.With(Read(1, good: 0)).Asked(Traffic);
        var again = told.With(Read(2, good: 6000)).Asked(Traffic);

        Assert.That((atFirst.Kind, atFirst.Numbers["candidateRequests"]), Is.EqualTo((VerdictKind.NoData, 0)));
        Assert.That((again.Numbers["candidateErrors"], again.Numbers["candidateRequests"]), Is.EqualTo((60, 6060)));
    }

    [TestCase(0, VerdictKind.Fail, TestName = "Of a step that leaves the stable deployment few callers the minutes say little")]
    [TestCase(3, VerdictKind.Fail, TestName = "An incident of a few minutes before does not hide a candidate that fails")]
    [TestCase(6, VerdictKind.Inconclusive, TestName = "A longer one does, and it is no Pass")]
    public void A_candidate_that_fails_with_all_traffic(int badMinutes, VerdictKind kind)
    {
        var told = Told.BeforeTheStart();
        for (var minute = 0; minute < 120; minute++)
        {
            told.Minute(minute < badMinutes ? (0, 600) : (594, 6), (0, 0));
        }

        told.Shift(99);
        for (var minute = 0; minute < 20; minute++)
        {
            told.Minute((5, 1), (588, 6));
        }

        told.Shift(100);
        for (var minute = 0; minute < 13; minute++)
        {
            told.Minute((0, 0), (480, 120));
        }

        var report = told.Asked(Traffic);
        Assert.That(report.Kind, Is.EqualTo(kind), report.Sentence);
    }

    [TestCase(1, VerdictKind.Fail)]
    [TestCase(2, VerdictKind.Inconclusive)]
    public void A_candidate_that_is_slow_with_all_traffic_never_passes(int slowMinutes, VerdictKind kind)
    {
        var told = Told.BeforeTheStart();
        for (var minute = 0; minute < 60; minute++)
        {
            told.Minute((600, 0), (0, 0), stableP95: minute < slowMinutes ? 2000 : 100);
        }

        told.Shift(100);
        for (var minute = 0; minute < 12; minute++)
        {
            told.Minute((0, 0), (600, 0), candidateP95: 800);
        }

        var report = told.Asked(Minutes);
        Assert.That((report.Kind, report.Numbers["minutesAloneAboveUsual"]), Is.EqualTo((kind, 12)), report.Sentence);
    }

    [Test]
    public void What_the_steps_proved_is_no_proof_with_all_traffic()
    {
        var told = Steady(400);
        Assert.That(told.Asked(Traffic).IsConclusive, Is.True);
        told.Shift(100);
        for (var minute = 0; minute < 3; minute++)
        {
            told.Minute((0, 0), (985, 15));
        }

        Assert.That((told.Asked(Traffic).Kind, told.Asked(Traffic).IsConclusive), Is.EqualTo((VerdictKind.Pass, false)));
    }

    [TestCase(0.01, 0, true)]
    [TestCase(0.01, 20, false)]
    [TestCase(0, 0, false)]
    public void A_rate_that_is_certainly_negligible_is_a_proof(double negligible, int failed, bool isProven)
    {
        var told = Told.Begun();
        for (var minute = 0; minute < 20; minute++)
        {
            told.Minute((900, 0), (100, 0));
        }

        // What earlier steps proved is no proof where this one's requests speak against it.
        told.Shift(50).Minute((1000 - failed, failed), (1000 - failed, failed));

        var report = told.Asked(Traffic with { Negligible = negligible });
        Assert.That((report.Kind, report.IsConclusive), Is.EqualTo((VerdictKind.Pass, isProven)), report.Sentence);
    }

    /// <summary>One that is bad in either sense, just so, is seldom proven good by either.</summary>
    [Test]
    public void A_candidate_at_the_edge_of_both_proofs_is_seldom_proven()
    {
        var rule = Traffic with { Negligible = 0.02 };
        var proven = MonteCarlo.Count(400, random =>
        {
            var told = Told.Begun();
            for (var minute = 0; minute < 60; minute++)
            {
                var (stable, candidate) = (random.Binomial(270, 0.01), random.Binomial(30, 0.02));
                told.Minute((270 - stable, stable), (30 - candidate, candidate));
                if (minute % 5 == 4 && told.Asked(rule) is { Kind: VerdictKind.Pass, IsConclusive: true })
                {
                    return true;
                }
            }

            return false;
        });

        TestContext.Out.WriteLine($"{proven} of 400");
        Assert.That(proven, Is.AtMost(20));
    }

    [Test]
    public void A_latency_that_is_no_number_is_none()
    {
        var told = Told.Begun().Minute((900, 0), (100, 0), candidateP95: double.NaN);

        Assert.That(told.Asked(Minutes with { Minimum = 1 }).Kind, Is.EqualTo(VerdictKind.NoData));
    }

    [TestCase(1e-6, 0.791)]
    [TestCase(0, 1.902)]
    public void A_model_that_is_certain_and_wrong_is_not_passed_by_what_is_cut_off(double ofTruth, double loss)
    {
        const int Rows = 400;
        var labels = Enumerable.Range(0, Rows).Select(row => row % 2 == 0 ? "1" : "0").ToArray();
        var scores = labels.Select((label, row) => (double?)(row % 20 == 0 ? (label == "1" ? ofTruth : 1 - ofTruth) : (label == "1" ? 0.9 : 0.1)));
        var told = Told.BeforeTheStart().With(
            new QualityMeasured(Told.Noon, "quality", "green-2", [.. labels], [.. labels.Select(_ => (string?)null)], [.. scores]));

        var report = told.Asked(Quality(QualityMetric.LogLoss, 0.6));

        Assert.That((report.Kind, report.IsConclusive), Is.EqualTo((VerdictKind.Inconclusive, false)));
        Assert.That(report.Sentence, Does.EndWith(FormattableString.Invariant(
            $"; at most 0.6 is needed; no row counts for more than 4.61; with nothing cut off it is {loss:0.000}")));
    }

    [Test]
    public void Pairs_of_other_deployments_are_not_the_candidates()
    {
        var told = Told.Begun().Pairs(100);
        var foreign = told.Events.OfType<PairsAnswered>().Single() with { Candidate = "green-9" };

        Assert.That(told.With(foreign).Asked(Replay).Numbers["candidateRequests"], Is.EqualTo(100));
    }

    [Test]
    public void The_minutes_of_the_shift_itself_are_none_of_the_step()
    {
        var minutes = Told.BeforeTheStart().Minute((900, 0), (0, 0)).Shift(10).Minute((900, 0), (100, 0)).Minute((900, 0), (100, 0));

        Assert.That(minutes.Asked(Traffic).Numbers["candidateRequestsOfStep"], Is.EqualTo(200));
    }

    [TestCase("caf\\u00e9", true)]
    [TestCase("tea", false)]
    public void A_text_label_is_right_however_it_is_escaped(string answered, bool isRight)
    {
        var told = Told.BeforeTheStart().With(new QualityMeasured(
            Told.Noon, "quality", "green-2", ["\"café\"", "\"café\""], [$"\"{answered}\"", $"\"{answered}\""], [null, null]));

        Assert.That(told.Asked(Quality(QualityMetric.Accuracy, 0.5)).Numbers["value"], Is.EqualTo(isRight ? 1 : 0));
    }

    private static IEnumerable<TestCaseData> OfErrors()
    {
        yield return Case("nothing yet", Told.Begun(), Traffic, VerdictKind.NoData, false,
            "0 of 0 requests failed on the candidate, 0 of 0 on the stable deployment; 0 of 50 requests that the step needs");
        yield return Case("telemetry is down", Told.Begun().Deaf(), Traffic, VerdictKind.Error, false, "the telemetry is down");
        yield return Case("telemetry is down, and enough was seen before", Told.Begun().Minute((900, 0), (100, 0)).Deaf(), Traffic, VerdictKind.Error, false,
            "the telemetry is down");
        yield return Case("telemetry is up again", Told.Begun().Deaf().Minute((90, 0), (10, 0)), Traffic, VerdictKind.NoData, false,
            "0 of 10 requests failed on the candidate, 0 of 90 on the stable deployment; 10 of 50 requests that the step needs");
        yield return Case("the candidate alone fails", Told.Begun().Minute((900, 0), (70, 30)), Traffic, VerdictKind.Fail, true,
            "30 of 100 requests failed on the candidate, 0 of 900 on the stable deployment; evidence that it fails over 1.25 "
            + "times as often: log e-value 48.83 of 3.00");
        yield return Case("few requests and many errors", Told.Begun().Minute((90, 0), (0, 10)), Traffic, VerdictKind.Fail, true,
            "10 of 10 requests failed on the candidate, 0 of 90 on the stable deployment; evidence that it fails over 1.25 "
            + "times as often: log e-value 14.98 of 3.00");
        yield return Case("an incident hits both alike", Told.Begun().Minute((450, 450), (50, 50)), Traffic, VerdictKind.Pass, true,
            "50 of 100 requests failed on the candidate, 450 of 900 on the stable deployment; it does not fail 2 times as often: log e-value 11.50 of "
            + "3.69");
        yield return Case("callers alone meet failures, and the probes are taken out",
            Told.Begun().Sent(good: 40).Minute((90, 0), (42, 8)), Traffic, VerdictKind.Fail, true,
            "8 of 10 requests failed on the candidate, 0 of 90 on the stable deployment; evidence that it fails over 1.25 times as often: log e-value "
            + "11.68 of 3.00");
        yield return Case("probes alone", Told.Begun().Sent(good: 100).Minute((90, 0), (100, 0)), Traffic, VerdictKind.NoData, false,
            "0 of 0 requests failed on the candidate, 0 of 90 on the stable deployment; 0 of 50 requests that the step needs");
        yield return Case("probes that are counted a minute later", Told.Begun().Sent(good: 20).Minute((90, 0), (15, 0)).Minute((90, 0), (15, 0)), Traffic,
            VerdictKind.NoData, false,
            "0 of 10 requests failed on the candidate, 0 of 180 on the stable deployment; 10 of 50 requests that the step needs");
        yield return Case("one request a minute, and all of the candidate's fail", Thin(candidateFails: true), Traffic with { MinimumRequests = 5 },
            VerdictKind.Fail, true,
            "6 of 6 requests failed on the candidate, 0 of 54 on the stable deployment; evidence that it fails over 1.25 times as often: log e-value "
            + "6.85 of 3.00");
        yield return Case("one request a minute, and none fails", Thin(candidateFails: false), Traffic with { MinimumRequests = 5 },
            VerdictKind.Pass, false,
            "0 of 6 requests failed on the candidate, 0 of 54 on the stable deployment; evidence that it fails over 1.25 times as often: log e-value "
            + "0.00 of 3.00; not proven that it fails less than 2 times as often (log e-value 0.00 of 3.69) or in at most 1 % of requests (up to 96.3 %)");
        var failing = Steady(20).Shift(100);
        yield return Case("with all traffic it seems to fail", failing.Copy().Minute((0, 0), (500, 500)), Traffic, VerdictKind.Inconclusive, false,
            "520 of 3000 requests failed on the candidate, 180 of 18000 on the stable deployment; with all traffic 500 of 1000 failed, at least 45.1 "
            + "%; of the stable deployment's at most 1.3 % did before, and 1.25 times as many are allowed");
        for (var minute = 0; minute < 12; minute++)
        {
            failing.Minute((0, 0), (980, 20));
        }

        yield return Case("with all traffic it fails", failing, Traffic, VerdictKind.Fail, true,
            "260 of 14000 requests failed on the candidate, 180 of 18000 on the stable deployment; with all traffic over 1.2 % failed in 12 of 12 "
            + "minutes, 1.25 times as many as in the worst one of 20 of the stable deployment before: log e-value 6.56 of 5.30");
        yield return Case("with all traffic it fails as seldom as the other one did",
            Told.Begun().Minute((900, 9), (100, 1)).Shift(100).Minute((0, 0), (990, 10)), Traffic, VerdictKind.Pass, false,
            "11 of 1101 requests failed on the candidate, 9 of 909 on the stable deployment; evidence that it fails over 1.25 times as often: log "
            + "e-value -0.88 of 3.00; not proven that it fails in at most 1 % of requests (up to 2.3 %)");
        yield return Case("with all traffic at once it seems to fail more often than the other one did in the hour before",
            Told.BeforeTheStart().Minute((990, 10), (0, 0)).Shift(100).Minute((0, 0), (900, 100)), Traffic, VerdictKind.Inconclusive, false,
            "100 of 1000 requests failed on the candidate, 10 of 1000 on the stable deployment; with all traffic 100 of 1000 failed, at least 7.3 %; "
            + "of the stable deployment's at most 2.3 % did before, and 1.25 times as many are allowed");
        yield return Case("with all traffic at once, as good as the other one was",
            Told.BeforeTheStart().Minute((990, 10), (0, 0)).Shift(100).Minute((0, 0), (990, 10)), Traffic, VerdictKind.Pass, false,
            "10 of 1000 requests failed on the candidate, 10 of 1000 on the stable deployment; evidence that it fails over 1.25 times as often: log "
            + "e-value 0.00 of 3.00; not proven that it fails in at most 1 % of requests (up to 2.4 %)");
        yield return Case("with all traffic at once, and nobody had called before",
            Told.BeforeTheStart().Shift(100).Minute((0, 0), (500, 500)), Traffic, VerdictKind.NoData, false,
            "500 of 1000 requests failed on the candidate, 0 of 0 on the stable deployment; too few of the latter to compare with");
        yield return Case("no pair failed", Told.Begun().Pairs(100), Replay, VerdictKind.Pass, false,
            "0 of 100 replayed requests failed on the candidate, 0 of 100 on the stable deployment; evidence that it fails over 1.25 times as often: "
            + "log e-value 0.00 of 3.00; not proven that it fails less than 2 times as often (log e-value 0.00 of 3.69) or in at most 1 % of requests "
            + "(up to 8.6 %)");
        yield return Case("both failed in all pairs", Told.Begun().Pairs(100, both: 100), Replay, VerdictKind.Pass, false,
            "100 of 100 replayed requests failed on the candidate, 100 of 100 on the stable deployment; evidence that it fails over 1.25 times as "
            + "often: log e-value 0.00 of 3.00; not proven that it fails less than 2 times as often (log e-value 0.00 of 3.69) or in at most 1 % of "
            + "requests (up to 100.0 %)");
        yield return Case("too few pairs", Told.Begun().Pairs(49), Replay, VerdictKind.NoData, false,
            "0 of 49 replayed requests failed on the candidate, 0 of 49 on the stable deployment; 49 of 50 requests that the step needs");
        yield return Case("the candidate fails in a tenth of the pairs", Told.Begun().Pairs(200, onlyCandidate: 20), Replay, VerdictKind.Fail, true,
            "20 of 200 replayed requests failed on the candidate, 0 of 200 on the stable deployment; evidence that it fails "
            + "over 1.25 times as often: log e-value 9.20 of 3.00");
    }

    private static Told Steady(int minutes)
    {
        var steady = Told.Begun();
        for (var minute = 0; minute < minutes; minute++)
        {
            steady.Minute((891, 9), (99, 1));
        }

        return steady;
    }

    private static IEnumerable<TestCaseData> OfLatency()
    {
        var slower = Told.Begun();
        var alike = Told.Begun();
        for (var minute = 0; minute < 10; minute++)
        {
            slower.Minute((900, 0), (100, 0), stableP95: 20, candidateP95: 30);
            alike.Minute((900, 0), (100, 0), stableP95: 20, candidateP95: 21);
        }

        yield return Case("nothing yet", Told.Begun(), Minutes, VerdictKind.NoData, false,
            "the candidate's p95 was over 1.25 times the stable deployment's in 0 of 0 minutes; log e-value 0.00 of 3.00; 0 of 3 minutes that the step needs");
        yield return Case("telemetry is down", Told.Begun().Deaf(), Minutes, VerdictKind.Error, false, "the telemetry is down");
        yield return Case("slower in all minutes", slower, Minutes, VerdictKind.Fail, true,
            "the candidate's p95 was over 1.25 times the stable deployment's in 10 of 10 minutes (in the latest 30 ms, the stable deployment 20 ms); "
            + "log e-value 5.24 of 3.00");
        yield return Case("slower within the tolerance", alike, Minutes, VerdictKind.Pass, false,
            "the candidate's p95 was over 1.25 times the stable deployment's in 0 of 10 minutes (in the latest 21 ms, the stable deployment 20 ms); "
            + "log e-value -2.10 of 3.00");
        yield return Case("telemetry is down, and enough was seen before", Told.Begun().Minute((900, 0), (100, 0)).Deaf(), Minutes with { Minimum = 1 },
            VerdictKind.Error, false, "the telemetry is down");
        yield return Case("too few requests for a p95", Told.Begun().Minute((900, 0), (19, 0), candidateP95: 90), Minutes with { Minimum = 1 },
            VerdictKind.NoData, false,
            "the candidate's p95 was over 1.25 times the stable deployment's in 0 of 0 minutes (in the latest 90 ms, the stable deployment 20 ms); log "
            + "e-value 0.00 of 3.00; 0 of 1 minutes that the step needs; 1 others had no p95, or fewer requests than the 20 that one takes");
        var (mixedSlow, mixedAlike) = (Told.Begun(), Told.Begun());
        for (var minute = 0; minute < 10; minute++)
        {
            mixedSlow.Sent(good: 60).Minute((900, 0), (160, 0), candidateP95: 90);
            mixedAlike.Sent(good: 60).Minute((900, 0), (160, 0));
        }

        yield return Case("slower in minutes with many probes", mixedSlow, Minutes, VerdictKind.Inconclusive, false,
            "the candidate's p95 was over 1.25 times the stable deployment's in 10 of 10 minutes (in the latest 90 ms, the stable deployment 20 ms); "
            + "log e-value 0.00 of 3.00; 10 of them prove nothing, for the rollout's own requests are many in them: with a longer lookInterval fewer "
            + "minutes have any");
        yield return Case("alike in minutes with many probes", mixedAlike, Minutes, VerdictKind.Pass, false,
            "the candidate's p95 was over 1.25 times the stable deployment's in 0 of 10 minutes (in the latest 20 ms, the stable deployment 20 ms); "
            + "log e-value 0.00 of 3.00");
        yield return Case("mostly probes", Told.Begun().Sent(good: 90).Minute((900, 0), (100, 0), candidateP95: 90), Minutes with { Minimum = 1 },
            VerdictKind.NoData, false,
            "the candidate's p95 was over 1.25 times the stable deployment's in 0 of 0 minutes; log e-value 0.00 of 3.00; 0 of 1 minutes that the step needs; "
            + "1 others had too many of the rollout's own requests for a p95: with a longer lookInterval fewer minutes have any");
        var alone = Steady(20).Shift(100);
        var slowAlone = alone.Copy();
        for (var minute = 0; minute < 10; minute++)
        {
            alone.Minute((0, 0), (1000, 0), candidateP95: 24);
            slowAlone.Minute((0, 0), (1000, 0), candidateP95: 26);
        }

        yield return Case("with all traffic as quick as the other one was", alone, Minutes, VerdictKind.Pass, false,
            "the candidate's p95 was over 1.25 times the stable deployment's in 0 of 20 minutes (in the latest 24 ms); log e-value -2.51 of 3.00; with "
            + "all traffic in 0 of 10, against the median one of 20 before");
        yield return Case("with all traffic slower than the other one ever was", slowAlone, Minutes, VerdictKind.Fail, true,
            "the candidate's p95 was over 1.25 times the stable deployment's in 0 of 20 minutes (in the latest 26 ms); log e-value -2.51 of 3.00; with "
            + "all traffic in 10 of 10, against the median one of 20 before, and in 10 of 10 against the worst one of 20: log e-value 5.38 of 5.30");
        var atOnce = Told.BeforeTheStart().Minute((900, 0), (0, 0), stableP95: 20).Shift(100);
        for (var minute = 0; minute < 10; minute++)
        {
            atOnce.Minute((0, 0), (1000, 0), candidateP95: 26);
        }

        yield return Case("with all traffic at once, and slower than the other one was in one minute before", atOnce, Minutes, VerdictKind.Inconclusive, false,
            "the candidate's p95 was over 1.25 times the stable deployment's in 0 of 0 minutes (in the latest 26 ms); log e-value 0.00 of 3.00; with "
            + "all traffic in 10 of 10, against the median one of 1 before");
        yield return Case("against an objective", alike, Minutes with { Objective = TimeSpan.FromMilliseconds(15) }, VerdictKind.Fail, true,
            "the candidate's p95 was over 15 ms in 10 of 10 minutes (in the latest 21 ms, the stable deployment 20 ms); log e-value 5.24 of 3.00");
        yield return Case("too few requests to rank", Told.Begun().Pairs(19), Timed, VerdictKind.NoData, false,
            "19 replayed requests so far; after 20 the next look is compared with the stable deployment's p95");
        yield return Case("replayed, and alike", Told.Begun().Pairs(20).Pairs(100), Timed, VerdictKind.Pass, false,
            "0 of 100 replayed requests took the candidate over 1.25 times the stable deployment's p95 of the looks before (now 3 ms), 0 took the stable deployment over that p95; log e-value 0.00 of 3.00");
        yield return Case("replayed, and half of them slower",
            Told.Begun().Pairs(20).Pairs(40, milliseconds: Enumerable.Range(0, 40).Select(pair => (3.0, pair < 20 ? 9.0 : 3.0))),
            Timed, VerdictKind.Fail, true,
            "20 of 40 replayed requests took the candidate over 1.25 times the stable deployment's p95 of the looks before (now 3 ms), 0 took the stable deployment over that p95; "
            + "log e-value 11.23 of 3.00");
        yield return Case("an objective without requests", Told.Begun(), Objective, VerdictKind.NoData, false,
            "0 of 0 replayed requests took the candidate over 100 ms: 0.0 to 100.0 %, at most 5 % may");
        yield return Case("an objective that is met", Told.Begun().Pairs(500), Objective, VerdictKind.Pass, true,
            "0 of 500 replayed requests took the candidate over 100 ms: 0.0 to 0.8 %, at most 5 % may");
        yield return Case("an objective that may be met",
            Told.Begun().Pairs(40, milliseconds: Enumerable.Range(0, 40).Select(pair => (3.0, pair < 4 ? 900.0 : 3.0))), Objective,
            VerdictKind.Inconclusive, false,
            "4 of 40 replayed requests took the candidate over 100 ms: 0.7 to 40.5 %, at most 5 % may");
        yield return Case("an objective that is missed",
            Told.Begun().Pairs(40, milliseconds: Enumerable.Repeat((3.0, 900.0), 40)), Objective,
            VerdictKind.Fail, true,
            "40 of 40 replayed requests took the candidate over 100 ms: 74.0 to 100.0 %, at most 5 % may");
    }

    private static IEnumerable<TestCaseData> OfAgreement()
    {
        var before = Told.BeforeTheStart().Pairs(200, agreed: 160).Shift(10);

        yield return Case("a share, and nothing yet", Told.Begun(), Share, VerdictKind.NoData, false,
            "0 of 0 rows were answered alike: 0.0 to 100.0 %, 80.0 % are needed; 100 pairs are needed");
        yield return Case("a share, and no labels", Told.Begun().Pairs(100, compared: 0), Share, VerdictKind.NoData, false,
            "no answer has a label to compare; rollout.replay.scoreTolerance compares scores");
        yield return Case("a share that is reached", Told.Begun().Pairs(1000, agreed: 900), Share, VerdictKind.Pass, true,
            "900 of 1000 rows were answered alike: 86.9 to 92.7 %, 80.0 % are needed");
        yield return Case("a share that is just reached", Told.Begun().Pairs(100, agreed: 85), Share, VerdictKind.Pass, false,
            "85 of 100 rows were answered alike: 70.5 to 94.2 %, 80.0 % are needed");
        yield return Case("a share that may not be reached", Told.Begun().Pairs(100, agreed: 75, disagreements: new Disagreement(7, "[1]", "[0]")), Share,
            VerdictKind.Inconclusive, false,
            "75 of 100 rows were answered alike: 58.9 to 87.3 %, 80.0 % are needed; row 7: [1] became [0]");
        yield return Case("a share that is missed", Told.Begun().Pairs(100, agreed: 30, disagreements: [new(7, "[1]", "[0]"), new(8, "a", "b"), new(9, "c", "d")]),
            Share, VerdictKind.Fail, true,
            "30 of 100 rows were answered alike: 16.5 to 46.5 %, 80.0 % are needed; row 7: [1] became [0]; row 8: a became b");
        yield return Case("a margin without a reference", Told.Begun().Pairs(500), Margin, VerdictKind.NoData, false,
            "the versions have not been compared before the start");
        yield return Case("a margin, and they disagree on a fifth as before", before.Pairs(500, agreed: 400), Margin, VerdictKind.Pass, false,
            "400 of 500 rows were answered alike: 74.3 to 85.1 %, 75.0 % are needed (160 of 200 before the start, less 5 points)");
        yield return Case("a margin that is missed", Told.BeforeTheStart().Pairs(200, agreed: 160).Shift(10).Pairs(500, agreed: 250), Margin,
            VerdictKind.Fail, true,
            "250 of 500 rows were answered alike: 43.2 to 56.8 %, 75.0 % are needed (160 of 200 before the start, less 5 points)");
        var close = Margin with { Margin = 0.01 };
        yield return Case("a margin below the first rows of a longer file, which agreed oftener by chance",
            Told.BeforeTheStart().Pairs(500, agreed: 400).Shift(10).Pairs(10_000, agreed: 7700), close, VerdictKind.Pass, true,
            "7700 of 10000 rows were answered alike: 75.5 to 78.5 %, 74.7 % are needed (400 of 500 before the start, of all rows at least 75.7 %, less 1 points)");
        yield return Case("a margin below all rows of a file",
            Told.BeforeTheStart().Pairs(499, agreed: 399).Shift(10).Pairs(10_000, agreed: 7700), close, VerdictKind.Fail, true,
            "7700 of 10000 rows were answered alike: 75.6 to 78.4 %, 79.0 % are needed (399 of 499 before the start, less 1 points)");
    }

    private static IEnumerable<TestCaseData> OfDrift()
    {
        var rows = Enumerable.Range(0, 1000).Select(row => row / 1000.0).ToArray();
        yield return Case("nothing yet", Told.Begun().Pairs(99), Drift, VerdictKind.NoData, false, "0 of 100 pairs of scores that are needed");
        yield return Case("alike", Told.Begun().Pairs(1000, scores: rows.Select(row => (row, row))), Drift, VerdictKind.Pass, true,
            "the scores of 1000 pairs lie 0.000 ± 0.168 apart, at most 0.2 may be; PSI 0.000, by chance at most 0.034");
        yield return Case("a little apart", Told.Begun().Pairs(1000, scores: rows.Select(row => (row, row + 0.25))), Drift, VerdictKind.Inconclusive, false,
            "the scores of 1000 pairs lie 0.251 ± 0.168 apart, at most 0.2 may be; PSI 1.728, by chance at most 0.034");
        yield return Case("far apart", Told.Begun().Pairs(1000, scores: rows.Select(row => (row, row + 0.5))), Drift, VerdictKind.Fail, true,
            "the scores of 1000 pairs lie 0.501 ± 0.168 apart, at most 0.2 may be; PSI 4.346, by chance at most 0.034");
        yield return Case("all the same score", Told.Begun().Pairs(200, scores: Enumerable.Repeat((0.5, 0.5), 200)), Drift, VerdictKind.Pass, false,
            "the scores of 200 pairs lie 0.000 ± 0.364 apart, at most 0.2 may be; PSI 0.000, by chance at most 0.000");
    }

    private static IEnumerable<TestCaseData> OfQuality()
    {
        var accuracy = Quality(QualityMetric.Accuracy, 0.8);
        yield return Case("not asked", Told.BeforeTheStart(), accuracy, VerdictKind.NoData, false, "the candidate has not been asked the rows of labelled.json");
        yield return Case("good", Measured(200, right: 190), accuracy, VerdictKind.Pass, true,
            "accuracy 0.950 on 200 labelled rows, 0.917 to 0.973; at least 0.8 is needed");
        yield return Case("good, not proven", Measured(50, right: 42), accuracy, VerdictKind.Pass, false,
            "accuracy 0.840 on 50 labelled rows, 0.730 to 0.918; at least 0.8 is needed");
        yield return Case("not as good, not proven", Measured(50, right: 38), accuracy, VerdictKind.Inconclusive, false,
            "accuracy 0.760 on 50 labelled rows, 0.640 to 0.855; at least 0.8 is needed");
        yield return Case("bad", Measured(200, right: 120), accuracy, VerdictKind.Fail, true,
            "accuracy 0.600 on 200 labelled rows, 0.540 to 0.658; at least 0.8 is needed");
        yield return Case("no answer at all", Measured(50, right: 0, answers: false), accuracy, VerdictKind.Fail, true,
            "accuracy 0.000 on 50 labelled rows, 0.000 to 0.058; at least 0.8 is needed");
        yield return Case("AUC without scores", Measured(50, right: 50), Quality(QualityMetric.Auc, 0.8), VerdictKind.Error, false,
            "50 of 50 answers have no score, which is a number with a fraction; AUC needs one");
        yield return Case("each request failed", Unanswered(50, failed: 50), accuracy, VerdictKind.Fail, true,
            "accuracy 0.000 on 50 labelled rows, 0.000 to 0.058; at least 0.8 is needed; 50 of 50 requests failed: HTTP 424");
        yield return Case("AUC with failed requests", Unanswered(50, failed: 3), Quality(QualityMetric.Auc, 0.8), VerdictKind.Error, false,
            "3 of 50 requests failed: HTTP 424; AUC needs a score of each row");
        yield return Case("labels as numbers with a fraction", Floats(200, right: 190), accuracy, VerdictKind.Pass, true,
            "accuracy 0.950 on 200 labelled rows, 0.917 to 0.973; at least 0.8 is needed");
        yield return Case("probabilities for labels", Measured(50, right: 50, answers: false, scores: true), accuracy, VerdictKind.Error, false,
            "none of 50 answers is one of the sample's labels; accuracy needs an answer with a label");
        yield return Case("scores that are no probabilities", Floats(50, right: 50, positive: 7), Quality(QualityMetric.LogLoss, 0.5), VerdictKind.Error, false,
            "an answer's score is 7; log loss needs probabilities, 0 to 1");
        yield return Case("labels of one kind", Measured(1, right: 1, scores: true), Quality(QualityMetric.Auc, 0.8), VerdictKind.Error, false,
            "the sample has labels of 1 kind; AUC needs two");
        yield return Case("one row of each label", Measured(2, right: 2, scores: true), Quality(QualityMetric.Auc, 0.8), VerdictKind.Error, false,
            "the sample has too few rows of one label; AUC needs two of each");
        yield return Case("the positive label comes first in order", Measured(100, right: 100, scores: true),
            new QualityRule("quality", new("labelled.json", [], []) { Positive = "0" }, QualityMetric.Auc, 0.8), VerdictKind.Fail, true,
            "AUC 0.000 on 100 labelled rows, 0.000 to 0.058; at least 0.8 is needed");
        yield return Case("AUC of good scores", Measured(100, right: 100, scores: true), Quality(QualityMetric.Auc, 0.8), VerdictKind.Pass, true,
            "AUC 1.000 on 100 labelled rows, 0.942 to 1.000; at least 0.8 is needed");
        yield return Case("log loss of good scores", Measured(100, right: 100, scores: true), Quality(QualityMetric.LogLoss, 0.5), VerdictKind.Pass, false,
            "log loss 0.105 on 100 labelled rows, 0.000 to 0.506; at most 0.5 is needed; no row counts for more than 4.61");
        yield return Case("log loss of bad scores", Measured(100, right: 0, scores: true), Quality(QualityMetric.LogLoss, 0.5), VerdictKind.Fail, true,
            "log loss 2.303 on 100 labelled rows, 1.902 to 2.703; at most 0.5 is needed; no row counts for more than 4.61");
        yield return Case("scores that hit the share of positives", Measured(100, right: 100, scores: true), Quality(QualityMetric.Calibration, 0.2),
            VerdictKind.Pass, false, "calibration 0.000 on 100 labelled rows, 0.000 to 0.201; at most 0.2 is needed");
    }

    private static IEnumerable<TestCaseData> OfMetrics()
    {
        var cpu = Metric(new() { Interval = TimeSpan.FromMinutes(1), Count = 3, FailureLimit = 1 });
        yield return Case("nothing yet", Told.Begun(), cpu, VerdictKind.NoData, false,
            "CpuUtilizationPercentage: nothing measured yet");
        yield return Case("good so far", Told.Begun().With(Value(10)), cpu, VerdictKind.Pass, false,
            "CpuUtilizationPercentage: 1 of 3 measured; 1 good; the last one: 10 meets result < 50");
        yield return Case("good to the end", Told.Begun().With(Value(10), Value(20), Value(30)), cpu, VerdictKind.Pass, true,
            "CpuUtilizationPercentage: all 3 measured within the limits; 3 good; the last one: 30 meets result < 50");
        yield return Case("one bad one may be", Told.Begun().With(Value(10), Value(99), Value(30)), cpu, VerdictKind.Pass, true,
            "CpuUtilizationPercentage: all 3 measured within the limits; 2 good, 1 failed; the last one: 30 meets result < 50");
        yield return Case("two may not", Told.Begun().With(Value(99), Value(99)), cpu, VerdictKind.Fail, false,
            "CpuUtilizationPercentage: 2 failed, at most 1 may; 2 failed; the last one: 99 meets the failure condition "
            + "result > 90");
        yield return Case("all bad, and any number may be", Told.Begun().With(Value(99), Value(99), Value(99)),
            Metric(new() { Interval = TimeSpan.FromMinutes(1), Count = 3, FailureLimit = MetricLimits.Never }), VerdictKind.Inconclusive, false,
            "CpuUtilizationPercentage: all 3 measured within the limits, but none was good; 3 failed; the last one: 99 meets "
            + "the failure condition result > 90");
        yield return Case("neither good nor bad", Told.Begun().With(Value(70)), cpu, VerdictKind.Inconclusive, false,
            "CpuUtilizationPercentage: 1 inconclusive, at most 0 may be; 1 inconclusive; the last one: 70 meets neither "
            + "result < 50 nor the failure condition result > 90");
        yield return Case("no value once", Told.Begun().With(Value(null)), cpu, VerdictKind.NoData, false,
            "CpuUtilizationPercentage: 0 of 3 measured; 1 without a value; the last one: no value");
        yield return Case("no value five times", Told.Begun().With(Value(null), Value(null), Value(null), Value(null), Value(null)), cpu, VerdictKind.Error, false,
            "CpuUtilizationPercentage: 5 tries in a row without a value, at most 4 may be; 5 without a value; the last one: "
            + "no value");
        yield return Case("no value in an earlier run", Told.Begun().With(Value(null), Value(null), Value(null), Value(null), Value(null), Again()), cpu,
            VerdictKind.NoData, false, "CpuUtilizationPercentage: nothing measured yet");
        yield return Case("bad in an earlier run", Told.Begun().With(Value(99), Value(99), Again()), cpu, VerdictKind.Fail, false,
            "CpuUtilizationPercentage: 2 failed, at most 1 may; 2 failed; the last one: 99 meets the failure condition result > 90");
        yield return Case("measured under another weight", Told.Begun().With(Value(10), Value(10), Value(10)).Shift(50), cpu, VerdictKind.NoData, false,
            "CpuUtilizationPercentage: nothing measured yet");
    }

    private static IEnumerable<TestCaseData> OfKayenta()
    {
        var rule = new KayentaRule("kayenta")
        {
            Metrics = [new("errorRate") { Direction = MetricDirection.Increase }],
            Settings = new(95, 75),
        };
        yield return Case("nothing yet", Told.Begun(), rule, VerdictKind.NoData, false, "0 of 10 minutes with requests of both");
        yield return Case("telemetry is down", Told.Begun().Deaf(), rule, VerdictKind.Error, false, "the telemetry is down");
        var (alike, worse) = (Told.Begun(), Told.Begun());
        for (var minute = 0; minute < 20; minute++)
        {
            alike.Minute((90, 10 + (minute % 3)), (90, 10 + ((minute + 1) % 3)));
            worse.Minute((99, 1 + (minute % 3)), (60, 40 + (minute % 3)));
        }

        var (laterAlike, laterWorse) = (alike.Copy().Shift(100), alike.Copy().Shift(100));
        for (var minute = 0; minute < 12; minute++)
        {
            laterAlike.Minute((0, 0), (90, 10 + (minute % 3)));
            laterWorse.Minute((0, 0), (60, 40 + (minute % 3)));
        }

        var atOnce = Told.BeforeTheStart();
        for (var minute = 0; minute < 20; minute++)
        {
            atOnce.Minute((90, 10 + (minute % 3)), (0, 0));
        }

        atOnce.Shift(100);
        for (var minute = 0; minute < 12; minute++)
        {
            atOnce.Minute((0, 0), (60, 40 + (minute % 3)));
        }

        yield return Case("worse with all traffic at once", atOnce, rule, VerdictKind.Fail, false,
            "score 0, 95 pass and 75 are marginal: 0 of 1 metrics passed; errorRate: too high: the canary is off by 0.297, "
            + "0.2911 to 0.3029 at 0.98, tolerated are 0.07426; the ratio of the means is 3.744");
        yield return Case("alike, and with all traffic a moment ago", alike.Copy().Shift(100), rule, VerdictKind.NoData, false, "0 of 10 minutes with all traffic");
        yield return Case("alike with all traffic", laterAlike, rule, VerdictKind.Pass, true, "score 100, 95 pass and 75 are marginal: 1 of 1 metrics passed");
        yield return Case("worse with all traffic", laterWorse, rule, VerdictKind.Fail, false,
            "score 0, 95 pass and 75 are marginal: 0 of 1 metrics passed; errorRate: too high: the canary is off by 0.297, "
            + "0.2911 to 0.3029 at 0.98, tolerated are 0.07426; the ratio of the means is 3.744");
        yield return Case("telemetry is down, and enough was seen before", alike.Copy().Deaf(), rule, VerdictKind.Error, false, "the telemetry is down");
        yield return Case("alike", alike, rule, VerdictKind.Pass, true,
            "score 100, 95 pass and 75 are marginal: 1 of 1 metrics passed");
        yield return Case("worse", worse, rule, VerdictKind.Fail, false,
            "score 0, 95 pass and 75 are marginal: 0 of 1 metrics passed; errorRate: too high: the canary is off by 0.3861, "
            + "0.3802 to 0.392 at 0.98, tolerated are 0.09653; the ratio of the means is 21.066");
    }

    private static IEnumerable<TestCaseData> OfWebhooks()
    {
        yield return Case("not asked", Told.Begun(), Webhook, VerdictKind.NoData, false, "judge.example has not been asked yet");
        yield return Case("a yes", Told.Begun().With(Answer(204, "")), Webhook, VerdictKind.Pass, true, "judge.example answered 204");
        yield return Case("a no", Told.Begun().With(Answer(409, "not today")), Webhook, VerdictKind.Fail, true, "judge.example answered 409: not today");
        foreach (var status in (int[])[401, 403, 404, 408, 429])
        {
            yield return Case($"{status} is about the request", Told.Begun().With(Answer(status, "")), Webhook, VerdictKind.Error, false,
                $"judge.example answered {status}");
        }

        yield return Case("it is broken", Told.Begun().With(Answer(503, "")), Webhook, VerdictKind.Error, false, "judge.example answered 503");
        yield return Case("it is not there", Told.Begun().With(Answer(0, "timed out")), Webhook, VerdictKind.Error, false, "no answer of judge.example: timed out");
        yield return Case("it points elsewhere", Told.Begun().With(Answer(302, "")), Webhook, VerdictKind.Error, false, "judge.example answered 302");
        yield return Case("a yes under another weight", Told.Begun().With(Answer(204, "")).Shift(50), Webhook, VerdictKind.NoData, false,
            "judge.example has not been asked yet");
        yield return Case("a no after a yes", Told.Begun().With(Answer(200, ""), Answer(400, "")), Webhook, VerdictKind.Fail, true, "judge.example answered 400");
    }

    private static IEnumerable<TestCaseData> OfApprovals()
    {
        yield return Case("nobody", Told.Begun(), Approval, VerdictKind.Inconclusive, false,
            "0 of 2 approvals are there; whoever did not start the rollout says Approve");
        yield return Case("one person twice", Told.Begun().With(Approved("bob on desk"), Approved("bob on another")), Approval, VerdictKind.Inconclusive, false,
            "1 of 2 approvals are there, bob's; whoever did not start the rollout says Approve");
        yield return Case("two people", Told.Begun().With(Approved("bob on desk"), Approved("eve on desk")), Approval, VerdictKind.Pass, true,
            "2 of 2 approvals are there, bob's, eve's");
        yield return Case("under another weight", Told.Begun().With(Approved("bob on desk"), Approved("eve on desk")).Shift(50), Approval,
            VerdictKind.Inconclusive, false, "0 of 2 approvals are there; whoever did not start the rollout says Approve");
    }

    private static IEnumerable<GateRule> WithoutEvidence() =>
    [
        Traffic, Replay, Minutes, Timed, Objective, Minutes with { Objective = TimeSpan.FromMilliseconds(1) }, Share, Margin, Drift,
        Quality(QualityMetric.Accuracy, 0.1), Quality(QualityMetric.Auc, 0.1), Quality(QualityMetric.LogLoss, 9), Quality(QualityMetric.Calibration, 1),
        Metric(new() { FailureLimit = MetricLimits.Never }), Webhook, Approval,
        new KayentaRule("kayenta") { Metrics = [new("errorRate")], Settings = new(95, 75) },
    ];

    private static QualityRule Quality(QualityMetric metric, double limit) => new("quality", new("labelled.json", [], []), metric, limit);

    private static MetricRule Metric(MetricLimits limits)
    {
        Assert.That(MetricCondition.TryParse("result < 50", out var good, out _), Is.True);
        Assert.That(MetricCondition.TryParse("result > 90", out var bad, out _), Is.True);
        return new("cpu", "CpuUtilizationPercentage") { Conditions = new(good, bad), Limits = limits };
    }

    /// <summary>One request a minute, each tenth of which is the candidate's.</summary>
    private static Told Thin(bool candidateFails)
    {
        var told = Told.Begun();
        for (var minute = 0; minute < 60; minute++)
        {
            var isCandidate = minute % 10 == 0;
            told.Minute((isCandidate ? 0 : 1, 0), (isCandidate && !candidateFails ? 1 : 0, isCandidate && candidateFails ? 1 : 0));
        }

        return told;
    }

    /// <summary>Labels 0 and 1 in turn, so many of which are answered rightly, as numbers with a fraction.</summary>
    private static Told Floats(int rows, int right, double positive = 1) => Told.BeforeTheStart().With(new QualityMeasured(
        Told.Noon,
        "quality",
        "green-2",
        [.. Enumerable.Range(0, rows).Select(row => (row % 2).ToString(CultureInfo.InvariantCulture))],
        [.. Enumerable.Repeat((string?)null, rows)],
        [.. Enumerable.Range(0, rows).Select(row => (double?)((row < right ? row % 2 : 1 - (row % 2)) * positive))]));

    /// <summary>Labels 0 and 1 in turn, of which the first ones got no answer, and the others the right one with its score.</summary>
    private static Told Unanswered(int rows, int failed)
    {
        var labels = Enumerable.Range(0, rows).Select(row => row % 2).ToArray();
        return Told.BeforeTheStart().With(new QualityMeasured(
            Told.Noon,
            "quality",
            "green-2",
            [.. labels.Select(label => label.ToString(CultureInfo.InvariantCulture))],
            [.. labels.Select((label, row) => row < failed ? null : label.ToString(CultureInfo.InvariantCulture))],
            [.. labels.Select((label, row) => row < failed ? (double?)null : label == 1 ? 0.9 : 0.1)])
        {
            Requests = new(rows, failed, "HTTP 424"),
        });
    }

    private static RunStarted Again() => new(Told.Noon, [Stage.Canary], "content", new("machine", 1, Told.Noon), null);

    private static MetricMeasured Value(double? value) => new(Told.Noon, "cpu", value, value is null ? "no value" : null);

    private static WebhookAnswered Answer(int status, string sentence) => new(Told.Noon, "judge", status, sentence);

    private static Approved Approved(string actor) => new(Told.Noon, ApprovalScope.Step) { Actor = actor };

    /// <summary>Labels 0 and 1 in turn, so many of which are answered rightly; a score is 0.9 for what is answered as 1.</summary>
    private static Told Measured(int rows, int right, bool answers = true, bool scores = false)
    {
        var labels = Enumerable.Range(0, rows).Select(row => row % 2).ToArray();
        var answered = labels.Select((label, row) => row < right ? label : 1 - label).ToArray();
        return Told.BeforeTheStart().With(new QualityMeasured(
            Told.Noon,
            "quality",
            "green-2",
            [.. labels.Select(label => label.ToString(CultureInfo.InvariantCulture))],
            [.. answered.Select(answer => answers ? answer.ToString(CultureInfo.InvariantCulture) : null)],
            [.. answered.Select(answer => scores ? (double?)(answer == 1 ? 0.9 : 0.1) : null)]));
    }

    private static TestCaseData Case(string when, Told told, GateRule gate, VerdictKind kind, bool isConclusive, string sentence) =>
        new TestCaseData(told, gate, kind, isConclusive, sentence).SetArgDisplayNames(gate.GetType().Name, when, kind.ToString());
}
