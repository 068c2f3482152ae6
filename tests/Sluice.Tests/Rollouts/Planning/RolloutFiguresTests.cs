using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Analysis.Samples;
using Sluice.Rollouts.Analysis.Sequential;
using Sluice.Rollouts.Planning.Figures;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Tests.Analysis;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts.Planning;

/// <summary>The figures of a plan, against the plans that they come from and against sums made by hand.</summary>
[Category("Unit")]
internal sealed class RolloutFiguresTests
{
    private const double Alpha = 0.05;

    /// <summary>A step of 10 % for 23 minutes with a look a minute, of which 18 minutes count by its end.</summary>
    private static readonly StrategySpec OneStep = Specs.First.Strategy with
    {
        Steps = [new(10, TimeSpan.FromMinutes(23))],
        Settle = TimeSpan.FromMinutes(3),
        Patience = TimeSpan.FromMinutes(10),
        FalseRollback = Alpha,
        Traffic = new(RequestsPerMinute: 600, ErrorRate: 0.02),
    };

    [Test]
    public void A_step_brings_what_its_time_its_weight_and_its_looks_make_of_it()
    {
        var step = RolloutFigures.Of(OneStep, rows: 3).Steps[0];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(step.Title, Is.EqualTo("10 %"));
            Assert.That(step.Bake.Looks, Is.EqualTo(24), "One at the beginning, one after each minute.");
            Assert.That(step.Bake.Probes, Is.EqualTo(240));
            Assert.That(step.Bake.Pairs, Is.Zero);
            Assert.That(step.Bake.CandidateRequests, Is.EqualTo(23 * 60));
            Assert.That(step.Bake.StableRequests, Is.EqualTo(23 * 540));
            Assert.That(step.Bake.WholeMinutes, Is.EqualTo(18), "Three have not settled, one has been read once, and in one the weight was written.");
            Assert.That(step.Bake.SettledRequests, Is.EqualTo(18 * 60));
            Assert.That(step.WithPatience.Time, Is.EqualTo(TimeSpan.FromMinutes(33)));
            Assert.That(step.Longest, Is.Null);
        }
    }

    [Test]
    public void A_bake_that_the_looks_do_not_divide_has_a_look_at_its_end_and_one_of_no_time_has_one_look()
    {
        var time = TimeSpan.FromMinutes(2.5);

        Assert.That(Exposure.Of(OneStep, OneStep.Steps[0], time).Looks, Is.EqualTo(4));
        Assert.That(Exposure.Of(OneStep, OneStep.Steps[0], TimeSpan.Zero).Looks, Is.EqualTo(1));
    }

    [Test]
    public void Copies_come_on_top_of_live_requests_and_the_final_bake_has_nobody_to_compare_with()
    {
        var steps = RolloutFigures.Of(OneStep with { Steps = [new(0, TimeSpan.FromMinutes(10)) { Mirror = 25 }] }, rows: 3).Steps;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(steps[0].Bake.CandidateRequests, Is.EqualTo(1500));
            Assert.That(steps[0].Bake.StableRequests, Is.EqualTo(6000));
            Assert.That(steps[0].Bake.CandidateShare, Is.EqualTo(0.2).Within(1e-12));
            Assert.That(steps[^1].Title, Is.EqualTo("100 %"));
            Assert.That(steps[^1].Bake.CandidateRequests, Is.EqualTo(6000));
            Assert.That(steps[^1].Bake.StableRequests, Is.Zero);
        }
    }

    [Test]
    public void What_a_gate_on_traffic_needs_is_the_detection_plan_at_its_own_threshold()
    {
        var strategy = OneStep with
        {
            Steps = [OneStep.Steps[0] with { UntilEvidence = TimeSpan.FromMinutes(63) }],
            Gates = [new ErrorsRule("errors") { Tolerance = 1.5, PassRatio = 3 }, new ErrorsRule("second")],
        };
        var threshold = Math.Log(2 / Alpha);
        var toFail = threshold + RestartedCountEProcess.Cost;

        var step = RolloutFigures.Of(strategy, rows: 3).Steps[0];

        var minimum = Find(step, "errors", FigureKind.Minimum);
        var find = Find(step, "errors", FigureKind.FindRegression);
        var prove = Find(step, "errors", FigureKind.ProvePass);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((minimum.Needed, minimum.Expected, minimum.Most), Is.EqualTo((50, 1080, 68 * 60)), "Until 63 minutes, and 10 of patience.");
            Assert.That(find.Needed, Is.EqualTo(DetectionPlan.ForFail(0.02, 3, 0.1, toFail, 1.5, 0.8)!.CanaryRequests));
            Assert.That((find.Before, find.Expected), Is.EqualTo((0, 1080)));
            Assert.That(prove.Needed, Is.EqualTo(DetectionPlan.ForPass(0.02, 1, 0.1, threshold + Math.Log(2), 3, 0.8)!.CanaryRequests));
            Assert.That((prove.Expected, prove.Most), Is.EqualTo((1080, 58 * 60)));
            Assert.That(find.About, Is.EqualTo("find 3 times as many errors with a probability of 80 %"));
        }
    }

    [Test]
    public void Evidence_of_an_earlier_step_counts_by_what_its_own_share_needs()
    {
        var strategy = OneStep with
        {
            Steps = [new(10, TimeSpan.FromMinutes(10)), new(50, TimeSpan.FromMinutes(10))],
            Gates = [new ErrorsRule("errors")],
        };
        double Needed(double share) => DetectionPlan.ForFail(0.02, 2, share, Evidence.Threshold(Alpha) + RestartedCountEProcess.Cost)!.CanaryRequests;

        var figures = RolloutFigures.Of(strategy, rows: 3);

        var second = Find(figures.Steps[1], "errors", FigureKind.FindRegression);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.Before / second.Needed, Is.EqualTo(600 / Needed(0.1)).Within(1e-9));
            Assert.That(second.Before, Is.GreaterThan(600), "A request is worth more at a small share, where the other arm is well known.");
            Assert.That(
                figures.Steps[2].Gates.Select(figure => figure.Kind), Is.EqualTo([FigureKind.Minimum]), "The stable deployment has no requests any more.");
        }
    }

    /// <summary>The fewer of the requests that rule a ratio out and of those that show the rate itself to be small.</summary>
    [TestCase(0.005, 0.01, "prove that at most 1 % fail, if as many as usual do")]
    [TestCase(0.005, 0, "rule out 2 times as many errors, if there are as many as before")]
    public void A_rate_below_the_negligible_one_is_a_proof_of_its_own(double usual, double negligible, string about)
    {
        var strategy = OneStep with
        {
            Steps = [OneStep.Steps[0] with { UntilEvidence = TimeSpan.FromHours(1) }],
            Traffic = new(RequestsPerMinute: 600, ErrorRate: usual),
            Gates = [new ErrorsRule("errors") { Negligible = negligible }],
        };

        var prove = Find(RolloutFigures.Of(strategy, rows: 3).Steps[0], "errors", FigureKind.ProvePass);

        double? needed = negligible > 0
            ? AgreementPlan.RequestsNeeded(1 - usual, 1 - negligible, Alpha / 2, power: 0.8)
            : DetectionPlan.ForPass(usual, 1, 0.1, Math.Log(2 / Alpha))!.CanaryRequests;
        Assert.That((prove.Needed, prove.About), Is.EqualTo((needed, about)));
    }

    [TestCase(0.01, 0.0, "prove that at most 1 % fail, if none does")]
    [TestCase(0, 0.05, "rule out 2 times as many errors, if there are as many as before")]
    [TestCase(0, 0.0, null)]
    public void Replayed_rows_of_which_none_may_fail_prove_a_small_rate_alone(double negligible, double maximumErrorRate, string? about)
    {
        var strategy = OneStep with
        {
            Steps = [OneStep.Steps[0] with { UntilEvidence = TimeSpan.FromHours(1) }],
            Gate = OneStep.Gate with { MaximumErrorRate = maximumErrorRate },
            Gates = [new ErrorsRule("replayed") { Source = EvidenceSource.Replay, Negligible = negligible }],
        };

        var prove = Find(RolloutFigures.Of(strategy, rows: 3).Steps[0], "replayed", FigureKind.ProvePass);

        Assert.That(prove.Needed is null, Is.EqualTo(about is null));
        Assert.That(prove.About, Is.EqualTo(about ?? prove.About));
    }

    /// <summary>A p95 is proof while the looks' own requests are 1.25 % of a minute's at most: 10 a minute of 800 or more.</summary>
    [TestCase(600, 18, 0)]
    [TestCase(7900, 18, 18)]
    public void Minutes_that_are_compared_are_no_proof_while_the_looks_are_many_in_them(double perMinute, double compared, double telling)
    {
        var strategy = OneStep with
        {
            Steps = [OneStep.Steps[0] with { UntilEvidence = TimeSpan.FromMinutes(23) }],
            Traffic = new(perMinute, 0.02),
            Gates = [new LatencyRule("latency")],
        };

        var step = RolloutFigures.Of(strategy, rows: 3).Steps[0];

        var (minimum, find, prove) = (Find(step, "latency", FigureKind.Minimum), Find(step, "latency", FigureKind.FindRegression), Find(step, "latency", FigureKind.ProvePass));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((minimum.Expected, find.Expected, prove.Most), Is.EqualTo((compared, telling, telling)));
            Assert.That((find.Needed, prove.Needed), Is.EqualTo((7, 11)), "Of minutes that all say the same.");
        }
    }

    [Test]
    public void Replayed_errors_are_counted_by_the_pairs_that_differ()
    {
        var strategy = OneStep with { Gates = [new ErrorsRule("replayed") { Source = EvidenceSource.Replay }] };

        var figures = RolloutFigures.Of(strategy, rows: 3);

        var find = Find(figures.Steps[0], "replayed", FigureKind.FindRegression);
        // 2 % and 4 %: one arm alone fails in 0.02 × 0.96 and in 0.04 × 0.98 of the pairs.
        var expected = DetectionPlan.ForFail(0.0192, 0.0392 / 0.0192, 0.5, Evidence.Threshold(Alpha) + RestartedCountEProcess.Cost)!.CanaryRequests;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(find.Unit, Is.EqualTo(FigureUnit.Pairs));
            Assert.That(find.Needed, Is.EqualTo(expected).Within(1e-6));
            Assert.That(figures.PairsBeforeStart, Is.EqualTo(3));
            Assert.That((find.Before, find.Expected), Is.EqualTo((3, 240)));
            Assert.That(Find(figures.Steps[0], "replayed", FigureKind.Minimum).Before, Is.Zero, "Each step needs its own.");
        }
    }

    [Test]
    public void Errors_that_count_once_a_look_are_planned_by_looks()
    {
        var strategy = OneStep with { Gates = [new ErrorsRule("bursts") { Source = EvidenceSource.Replay, OncePerLook = true }] };
        var (stable, candidate) = (1 - Math.Pow(1 - 0.0192, 10), 1 - Math.Pow(1 - 0.0392, 10));

        var find = Find(RolloutFigures.Of(strategy, rows: 3).Steps[0], "bursts", FigureKind.FindRegression);

        var looks = DetectionPlan.ForFail(stable, candidate / stable, 0.5, Evidence.Threshold(Alpha) + RestartedCountEProcess.Cost)!.CanaryRequests;
        Assert.That(find.Needed, Is.EqualTo(10 * looks).Within(1e-6));
    }

    [Test]
    public void Agreement_is_certified_by_the_agreement_plan_and_by_its_limits_themselves()
    {
        var strategy = OneStep with { Gates = [new AgreementRule("alike") { AtLeast = 0.95 }] };

        var certify = Find(RolloutFigures.Of(strategy, rows: 40).Steps[0], "alike", FigureKind.ProvePass);

        var needed = certify.Needed!.Value;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(needed, Is.EqualTo(AgreementPlan.RequestsNeeded(1, 0.95, Alpha)));
            Assert.That(BernoulliConfidenceSequence.Of(needed, needed, Alpha, 500).Lower, Is.GreaterThanOrEqualTo(0.95));
            Assert.That(BernoulliConfidenceSequence.Of(needed - 10, needed - 10, Alpha, 500).Lower, Is.LessThan(0.95));
            Assert.That((certify.Before, certify.Expected), Is.EqualTo((40, 240)));
        }
    }

    [Test]
    public void A_margin_is_measured_from_the_pairs_before_the_start_which_count_no_second_time()
    {
        var strategy = OneStep with { Gates = [new AgreementRule("alike") { Margin = 0.05 }] };

        var certify = Find(RolloutFigures.Of(strategy, rows: 40).Steps[0], "alike", FigureKind.ProvePass);

        Assert.That(certify.Needed, Is.EqualTo(AgreementPlan.RequestsNeeded(1, 0.95, Alpha)));
        Assert.That(certify.Before, Is.Zero);
    }

    [Test]
    public void A_margin_below_the_first_rows_of_a_longer_file_leaves_room_for_the_others()
    {
        var strategy = OneStep with { Gates = [new AgreementRule("alike") { Margin = 0.05 }] };

        var certify = Find(RolloutFigures.Of(strategy, rows: 1000).Steps[0], "alike", FigureKind.ProvePass);

        var required = Wilson.Of(500, 500, Alpha / 2).Lower - 0.05;
        Assert.That(certify.Needed, Is.EqualTo(AgreementPlan.RequestsNeeded(1, required, Alpha / 2)));
    }

    [Test]
    public void A_margin_of_almost_everything_needs_no_pairs()
    {
        var strategy = OneStep with { Gates = [new AgreementRule("alike") { Margin = 0.999 }] };

        Assert.That(Find(RolloutFigures.Of(strategy, rows: 1000).Steps[0], "alike", FigureKind.ProvePass).Needed, Is.Zero);
    }

    [Test]
    public void Full_agreement_is_certified_by_no_number_of_pairs()
    {
        var strategy = OneStep with { Gates = [new AgreementRule("alike") { AtLeast = 1 }] };

        Assert.That(Find(RolloutFigures.Of(strategy, rows: 3).Steps[0], "alike", FigureKind.ProvePass).Needed, Is.Null);
    }

    [Test]
    public void Where_almost_every_look_has_an_error_errors_once_a_look_tell_nothing()
    {
        var strategy = OneStep with
        {
            Steps = [OneStep.Steps[0] with { UntilEvidence = TimeSpan.FromHours(1) }],
            Gate = OneStep.Gate with { ProbesPerLook = 10_000 },
            Gates = [new ErrorsRule("bursts") { Source = EvidenceSource.Replay, OncePerLook = true, Negligible = 0 }],
        };

        var step = RolloutFigures.Of(strategy, rows: 3).Steps[0];

        Assert.That(Find(step, "bursts", FigureKind.FindRegression).Needed, Is.Null);
        Assert.That(Find(step, "bursts", FigureKind.ProvePass).Needed, Is.Null);
    }

    [Test]
    public void An_agreement_beyond_what_is_sent_needs_more_than_that_and_is_no_impossibility()
    {
        var strategy = OneStep with { Gates = [new AgreementRule("alike") { AtLeast = 0.999_99 }] };

        Assert.That(Find(RolloutFigures.Of(strategy, rows: 3).Steps[0], "alike", FigureKind.ProvePass).Needed, Is.EqualTo(100_000));
    }

    [Test]
    public void Drift_is_certified_by_the_first_number_of_pairs_whose_bands_are_narrow_enough()
    {
        var strategy = OneStep with { Gates = [new DriftRule("drift") { MaximumDistance = 0.2, MinimumPairs = 100 }] };
        var band = SequentialKolmogorovSmirnov.OfTwoSamples(Alpha, 100);

        var needed = Find(RolloutFigures.Of(strategy, rows: 3).Steps[0], "drift", FigureKind.ProvePass).Needed!.Value;

        Assert.That(2 * band.Band(needed), Is.LessThanOrEqualTo(0.2));
        Assert.That(2 * band.Band(needed - 1), Is.GreaterThan(0.2));
    }

    [Test]
    public void Latency_is_held_against_minutes_in_traffic_and_against_rows_in_a_replay()
    {
        var strategy = OneStep with
        {
            Gates = [new LatencyRule("traffic") { Minimum = 5 }, new LatencyRule("replay") { Source = EvidenceSource.Replay, Minimum = 300 }],
        };

        var steps = RolloutFigures.Of(strategy, rows: 3).Steps;

        var (traffic, replay) = (Find(steps[0], "traffic", FigureKind.Minimum), Find(steps[0], "replay", FigureKind.Minimum));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((traffic.Unit, traffic.Needed, traffic.Expected, traffic.Most), Is.EqualTo((FigureUnit.Minutes, 5, 18, 28)));
            Assert.That((replay.Unit, replay.Needed, replay.Expected, replay.Most), Is.EqualTo((FigureUnit.Pairs, 300, 240, 340)));
        }
    }

    [Test]
    public void Without_the_usual_traffic_the_looks_are_still_counted_and_the_rest_is_open()
    {
        var strategy = OneStep with
        {
            Traffic = null,
            Gates = [new ErrorsRule("errors"), new ErrorsRule("replayed") { Source = EvidenceSource.Replay }],
        };

        var figures = RolloutFigures.Of(strategy, rows: 3);

        var traffic = Find(figures.Steps[0], "errors", FigureKind.FindRegression);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(figures.ErrorRate, Is.EqualTo(0.01));
            Assert.That(figures.Steps[0].Bake.CandidateRequests, Is.Null);
            Assert.That(traffic.Needed, Is.EqualTo(DetectionPlan.ForFail(0.01, 2, 0.1, Evidence.Threshold(Alpha / 2) + RestartedCountEProcess.Cost)!.CanaryRequests));
            Assert.That(traffic.Expected, Is.Null);
            Assert.That(Find(figures.Steps[0], "replayed", FigureKind.FindRegression).Expected, Is.EqualTo(240));
        }
    }

    [Test]
    public void A_regression_beyond_all_requests_has_no_number()
    {
        var strategy = OneStep with
        {
            Traffic = new(600, 0.6),
            Gates = [new ErrorsRule("errors"), new ErrorsRule("replayed") { Source = EvidenceSource.Replay }],
        };

        var step = RolloutFigures.Of(strategy, rows: 3).Steps[0];

        Assert.That(Find(step, "errors", FigureKind.FindRegression).Needed, Is.Null);
        Assert.That(Find(step, "replayed", FigureKind.FindRegression).Needed, Is.Null);
    }

    [Test]
    public void Probes_of_which_none_may_fail_send_back_whoever_fails_once()
    {
        var strategy = OneStep with
        {
            Gate = new(10, TimeSpan.FromMinutes(1), 20, MaximumErrorRate: 0),
            FinalBake = TimeSpan.FromMinutes(2),
            Gates = [new DriftRule("drift")],
        };

        // 3 before the start, 24 looks at 10 %, and 3 at 100 %.
        Assert.That(RolloutFigures.Of(strategy, rows: 3).ProbesFail, Is.EqualTo(1 - Math.Pow(0.98, 3 + 240 + 30)).Within(1e-9));
    }

    [Test]
    public void The_limit_on_probes_sends_back_as_many_as_it_does_when_it_is_asked_at_every_look()
    {
        var strategy = OneStep with
        {
            Gate = new(10, TimeSpan.FromMinutes(1), 20, MaximumErrorRate: 0.05),
            Steps = [new(10, TimeSpan.FromMinutes(20)), new(50, TimeSpan.FromMinutes(20))],
            FinalBake = TimeSpan.FromMinutes(20),
            Gates = [new DriftRule("drift")],
        };
        const int Rollouts = 4000;

        var back = MonteCarlo.Count(Rollouts, random => Fails(random, 240, 1) || Fails(random, 10, 21) || Fails(random, 10, 21) || Fails(random, 10, 21));

        Assert.That(RolloutFigures.Of(strategy, rows: 240).ProbesFail, Is.EqualTo((double)back / Rollouts).Within(0.02));

        bool Fails(Random random, int probes, int looks)
        {
            var tally = ProbeTally.Zero;
            for (var look = 0; look < looks; look++)
            {
                tally += new ProbeTally(probes, Enumerable.Range(0, probes).Count(_ => random.NextDouble() < 0.02), "failed");
                if (ErrorRateGate.Judge(strategy.Gate, tally).Kind == VerdictKind.Fail)
                {
                    return true;
                }
            }

            return false;
        }
    }

    [Test]
    public void While_nobody_says_how_many_fail_as_usual_nothing_is_said_of_failed_probes()
    {
        Assert.That(RolloutFigures.Of(OneStep with { Traffic = null }, rows: 3).ProbesFail, Is.Null);
        Assert.That(RolloutFigures.Of(OneStep with { Traffic = new(600, 0.01) { IsErrorRateAssumed = true } }, rows: 3).ProbesFail, Is.Null);
    }

    /// <summary>With 3 rows before the start two looks more are what the threshold is read off.</summary>
    [TestCase(20, true, 70)]
    [TestCase(3, true, 90)]
    [TestCase(20, false, 10)]
    public void A_replayed_latency_finds_a_slow_candidate_in_so_many_looks(int rows, bool oncePerLook, double needed)
    {
        var strategy = OneStep with { Gates = [new LatencyRule("replay") { Source = EvidenceSource.Replay, OncePerLook = oncePerLook }] };

        var steps = RolloutFigures.Of(strategy, rows).Steps;

        var (find, last) = (Find(steps[0], "replay", FigureKind.FindRegression), Find(steps[1], "replay", FigureKind.FindRegression));
        Assert.That((find.Unit, find.Needed, find.Before, find.Expected), Is.EqualTo((FigureUnit.Pairs, needed, 0, 240)));
        Assert.That(last.Before, Is.EqualTo(240));
        Assert.That(steps[0].Gates.Select(figure => figure.Kind), Has.No.Member(FigureKind.ProvePass), "Nothing waits for it.");
    }

    [TestCase(true)]
    [TestCase(false)]
    public void A_replayed_latency_proves_a_quick_candidate_in_four_of_five_rollouts(bool oncePerLook)
    {
        var strategy = OneStep with
        {
            Steps = [OneStep.Steps[0] with { UntilEvidence = TimeSpan.FromHours(1) }],
            Gates = [new LatencyRule("replay") { Source = EvidenceSource.Replay, OncePerLook = oncePerLook }],
        };
        const int Rollouts = 2000;

        var prove = Find(RolloutFigures.Of(strategy, rows: 20).Steps[0], "replay", FigureKind.ProvePass);

        var proven = MonteCarlo.Count(Rollouts, random =>
        {
            var pass = CountEProcess.ForPass();
            for (var pair = 0; pair < prove.Needed; pair += 10)
            {
                var over = Enumerable.Range(0, (int)Math.Min(10, prove.Needed.Value - pair)).Count(_ => random.NextDouble() < 0.05);
                pass.AddPairs(oncePerLook ? Math.Min(1, over) : over, 0);
            }

            return pass.LogE >= Evidence.Threshold(Alpha);
        });
        Assert.That((double)proven / Rollouts, Is.InRange(0.78, 0.88));
        Assert.That(prove.Before, Is.Zero);
    }

    [Test]
    public void An_objective_of_replayed_rows_is_proven_when_the_limit_of_those_over_it_is_low_enough()
    {
        var strategy = OneStep with
        {
            Steps = [OneStep.Steps[0] with { UntilEvidence = TimeSpan.FromHours(1) }],
            Gates = [new LatencyRule("replay") { Source = EvidenceSource.Replay, Objective = TimeSpan.FromMilliseconds(100) }],
        };

        var prove = Find(RolloutFigures.Of(strategy, rows: 20).Steps[0], "replay", FigureKind.ProvePass);

        var needed = prove.Needed!.Value;
        Assert.That(BernoulliConfidenceSequence.Of(0, needed, Alpha, 500).Upper, Is.LessThanOrEqualTo(0.05));
        Assert.That(BernoulliConfidenceSequence.Of(0, needed - 10, Alpha, 500).Upper, Is.GreaterThan(0.05));
        Assert.That((prove.Before, prove.About), Is.EqualTo((20, "prove that 95 % take at most 100ms, if all do")));
    }

    [TestCase(FigureUnit.Pairs, 1, "pair")]
    [TestCase(FigureUnit.Pairs, 2, "pairs")]
    [TestCase(FigureUnit.Minutes, 1, "minute of telemetry")]
    [TestCase(FigureUnit.Minutes, 0, "minutes of telemetry")]
    [TestCase(FigureUnit.Requests, 1, "request of the candidate")]
    [TestCase(FigureUnit.Requests, 2, "requests of the candidate")]
    public void One_is_no_plural(FigureUnit unit, double amount, string title) => Assert.That(FigureUnits.Title(unit, amount), Is.EqualTo(title));

    private static GateFigure Find(StepFigures step, string gate, FigureKind kind) =>
        step.Gates.Single(figure => figure.Gate == gate && figure.Kind == kind);
}
