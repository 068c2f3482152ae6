using System.Text.Json;
using Sluice.Rollouts.Spec.Gates;
using Sluice.Rollouts.Spec.Reading;

namespace Sluice.Tests.Spec;

/// <summary>What people get wrong about gates, mirrored steps, presets and deadlines, and what they are told.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class GateMistakeTests
{
    private const string Labelled = """{ "columns": ["age", "thal"], "data": [[48, "normal"], [50, "fixed"]], "labels": [0, 1] }""";

    // What a gate is.
    [TestCase("""{ "errors": {}, "drift": {} }""", "(18,31): rollout.gates[0].drift is written beside errors; allowed: one question in a gate.")]
    [TestCase("""{ "name": "nothing" }""",
        "(18,15): The gate asks nothing; allowed: one of errors, latency, agreement, drift, quality, metric, kayenta, webhook, approval.")]
    [TestCase("""{ "Errors": {} }""", "(18,17): The key rollout.gates[0].Errors is not known; did you mean rollout.gates[0].errors?")]
    [TestCase("""{ "eror": {} }""", "(18,17): The key rollout.gates[0].eror is not known; did you mean rollout.gates[0].errors?")]
    [TestCase("""{ "errors": { "tolerence": 2 } }""",
        "(18,29): The key rollout.gates[0].errors.tolerence is not known; did you mean rollout.gates[0].errors.tolerance?")]
    [TestCase("""{ "errors": {}, "on": { "fail": "advance" } }""",
        "(18,47): rollout.gates[0].on.fail is \"advance\"; allowed: hold, rollback.")]
    [TestCase("""{ "errors": {}, "on": { "noData": "wait" } }""",
        "(18,49): rollout.gates[0].on.noData is \"wait\"; allowed: advance, hold, rollback.")]
    [TestCase("""{ "errors": {}, "observeOnly": "yes" }""", "(18,46): rollout.gates[0].observeOnly is \"yes\"; allowed: true or false.")]
    [TestCase("""{ "errors": {} }, { "errors": { "source": "replay" } }""",
        "(18,33): A gate before it, in line 18, is called \"errors\"; allowed: a name of its own.")]
    [TestCase("""{ "name": "a", "errors": {} }, { "name": "a", "drift": {} }""",
        "(18,56): A gate before it, in line 18, is called \"a\"; allowed: a name of its own.")]
    [TestCase("[]", "(18,15): rollout.gates[0] is a list; allowed: a map.")]

    // Errors.
    [TestCase("""{ "errors": { "source": "mirror" } }""", "(18,39): rollout.gates[0].errors.source is \"mirror\"; allowed: traffic, replay.")]
    [TestCase("""{ "errors": { "tolerance": 2 } }""", "(18,27): rollout.gates[0].errors.passRatio is 2; allowed: a number above the tolerance, 2.")]
    [TestCase("""{ "errors": { "tolerance": 1.5, "passRatio": 1.25 } }""",
        "(18,47): rollout.gates[0].errors.passRatio is 1.25; allowed: a number above the tolerance, 1.5.")]
    [TestCase("""{ "errors": { "passRatio": 1 } }""",
        "(18,42): rollout.gates[0].errors.passRatio is 1; allowed: a number above 1, at most 20.")]
    [TestCase("""{ "errors": { "minimumRequests": 0 } }""",
        "(18,48): rollout.gates[0].errors.minimumRequests is 0; allowed: a whole number from 1 to 1000000.")]
    [TestCase("""{ "errors": { "oncePerLook": true } }""",
        "(18,29): rollout.gates[0].errors.oncePerLook is true; allowed: only with the source replay.")]

    // Latency.
    [TestCase("""{ "latency": { "quantile": "p42" } }""", "(18,42): rollout.gates[0].latency.quantile is \"p42\"; allowed: p50, p90, p95, p99.")]
    [TestCase("""{ "latency": { "objective": "200ms", "tolerance": 2 } }""",
        "(18,52): rollout.gates[0].latency.tolerance is written beside objective; allowed: one of the two.")]
    [TestCase("""{ "latency": { "oncePerLook": true } }""",
        "(18,30): rollout.gates[0].latency.oncePerLook is true; allowed: only with the source replay and without an objective.")]
    [TestCase("""{ "latency": { "source": "replay", "objective": "200ms", "oncePerLook": true } }""",
        "(18,72): rollout.gates[0].latency.oncePerLook is true; allowed: only with the source replay and without an objective.")]
    [TestCase("""{ "latency": { "objective": 200 } }""",
        "(18,43): rollout.gates[0].latency.objective is 200; allowed: a time with its unit, for example 90s, 5m, 1h30m, 00:05:00 or PT5M; at least 1ms, "
        + "at most 5m.")]

    // Agreement and drift.
    [TestCase("""{ "agreement": {} }""",
        "(18,30): rollout.gates[0].agreement.atLeast and rollout.gates[0].agreement.margin are missing; allowed: one of the two.")]
    [TestCase("""{ "agreement": { "atLeast": 0.9, "margin": 0.1 } }""",
        "(18,30): rollout.gates[0].agreement.atLeast and rollout.gates[0].agreement.margin are both there; allowed: one of the two.")]
    [TestCase("""{ "agreement": { "atLeast": 0 } }""",
        "(18,43): rollout.gates[0].agreement.atLeast is 0; allowed: a number above 0, at most 1.")]
    [TestCase("""{ "agreement": { "margin": 1 } }""", "(18,42): rollout.gates[0].agreement.margin is 1; allowed: a number from 0 to below 1.")]
    [TestCase("""{ "drift": { "minimumPairs": 19 } }""",
        "(18,44): rollout.gates[0].drift.minimumPairs is 19; allowed: a whole number from 20 to 1000000.")]
    [TestCase("""{ "drift": { "maximumDistance": 1 } }""",
        "(18,47): rollout.gates[0].drift.maximumDistance is 1; allowed: a number from 0 to below 1.")]

    // Quality.
    [TestCase("""{ "quality": { "atLeast": 0.9 } }""", "(18,28): rollout.gates[0].quality.sample is missing; allowed: a path, relative to this file.")]
    [TestCase("""{ "quality": { "sample": "labelled.json" } }""", "(18,28): rollout.gates[0].quality.atLeast is missing; allowed: a number from 0 to 1.")]
    [TestCase("""{ "quality": { "sample": "labelled.json", "metric": "logLoss", "atMost": 5 } }""",
        "(18,88): rollout.gates[0].quality.atMost is 5; allowed: a number from 0 to 4.6.")]
    [TestCase("""{ "errors": { "negligible": 0.6 } }""", "(18,43): rollout.gates[0].errors.negligible is 0.6; allowed: a number from 0 to 0.5.")]
    [TestCase("""{ "quality": { "sample": "labelled.json", "metric": "logLoss", "atMost": 0.5, "atLeast": 0.9 } }""",
        "(18,93): rollout.gates[0].quality.atLeast does not go with logLoss; allowed: atMost.")]
    [TestCase("""{ "quality": { "sample": "labelled.json", "metric": "auc", "atLeast": 0.9, "atMost": 0.9 } }""",
        "(18,90): rollout.gates[0].quality.atMost does not go with auc; allowed: atLeast.")]
    [TestCase("""{ "quality": { "sample": "labelled.json", "metric": "f1", "atLeast": 0.9 } }""",
        "(18,67): rollout.gates[0].quality.metric is \"f1\"; allowed: accuracy, auc, logLoss, calibration.")]

    // Metrics, by Argo's conditions.
    [TestCase("""{ "metric": { "name": "Cpu" } }""",
        "(18,27): rollout.gates[0].metric.success and rollout.gates[0].metric.failure are missing; allowed: at least one of the two.")]
    [TestCase("""{ "metric": { "success": "result < 1" } }""", "(18,27): rollout.gates[0].metric.name is missing; allowed: ")]
    [TestCase("""{ "metric": { "name": "Cpu", "success": "result <> 1" } }""", "(18,55): rollout.gates[0].metric.success is \"result <> 1\": ")]
    [TestCase("""{ "metric": { "name": "Cpu", "success": "result < 1", "count": 3 } }""",
        "(18,69): rollout.gates[0].metric.count is 3, and there is no interval; allowed: an interval, or one measurement.")]
    [TestCase("""{ "metric": { "name": "Cpu", "failure": "result > 1", "of": "model" } }""",
        "(18,75): rollout.gates[0].metric.of is \"model\"; allowed: endpoint, deployment.")]
    [TestCase("""{ "metric": { "name": "Cpu", "failure": "result > 1", "failureLimit": -2 } }""",
        "(18,85): rollout.gates[0].metric.failureLimit is -2; allowed: a whole number from -1 to 1000000.")]

    // Kayenta.
    [TestCase("""{ "kayenta": { "metrics": [] } }""", "(18,30): rollout.gates[0].kayenta.metrics is empty; allowed: at least one metric.")]
    [TestCase("""{ "kayenta": { "pass": 70 } }""", "(18,28): rollout.gates[0].kayenta.marginal is 75; allowed: at most pass, 70.")]
    [TestCase("""{ "kayenta": { "metrics": [{ "name": "p42" }] } }""",
        "(18,52): rollout.gates[0].kayenta.metrics[0].name is \"p42\"; allowed: errorRate, p50, p90, p95, p99.")]

    // Webhooks.
    [TestCase("""{ "webhook": {} }""", "(18,28): rollout.gates[0].webhook.url is missing; allowed: ")]
    [TestCase("""{ "webhook": { "url": "http://judge.example/ask" } }""", "(18,37): rollout.gates[0].webhook.url is \"http://judge.example/ask\"; allowed: ")]
    [TestCase("""{ "webhook": { "url": "https://me:pass@judge.example/ask" } }""", "(18,37): rollout.gates[0].webhook.url is \"https://***@judge.example/ask\"; allowed: an address that begins with https://, or with http://localhost or "
        + "http://127.0.0.1, without a user or a password.")]
    [TestCase("""{ "webhook": { "url": "ftp://judge.example/ask" } }""", "(18,37): rollout.gates[0].webhook.url is \"ftp://judge.example/ask\"; allowed: ")]
    [TestCase("""{ "webhook": { "url": "https://judge.example/ask", "tokenVariable": "my token" } }""",
        "(18,83): rollout.gates[0].webhook.tokenVariable is \"my token\"; allowed: ")]

    // Approvals.
    [TestCase("""{ "approval": { "people": 0 } }""", "(18,41): rollout.gates[0].approval.people is 0; allowed: a whole number from 1 to 10.")]
    public void A_gate_that_can_not_be(string gates, string mistake)
    {
        using var folder = new SpecFolder();
        folder.Write("labelled.json", Labelled);
        folder.Replace("local.json", "\"finalBake\": \"4s\"", $"\"gates\": [{gates}]");

        Assert.That(folder.Mistakes(), Has.Exactly(1).StartsWith("local.json" + mistake));
    }

    [Test]
    public void A_password_in_an_address_is_not_repeated()
    {
        using var folder = new SpecFolder();
        folder.Replace("local.json", "\"finalBake\": \"4s\"", """ "gates": [{ "webhook": { "url": "https://me:hunter2@judge.example/" } }]""");

        Assert.That(folder.Mistakes(), Has.Exactly(1).Items.And.None.Contains("hunter2"));
    }

    [TestCase("""{ "columns": ["age", "thal"], "data": [[48, "normal"], [50, "fixed"]], "labels": [0] }""",
        "labelled.json(1,72): There are 1 labels; allowed: one for each of the 2 rows.")]
    [TestCase("""{ "requests": [{}, {}, {}], "labels": [0, 1] }""",
        "labelled.json(1,29): There are 2 labels; allowed: one for each of the 3 rows.")]
    [TestCase("""{ "columns": ["age", "thal"], "data": [[48, "normal"]] }""",
        "labelled.json(1,1): labels is missing or no list of values; allowed: 1 to 10000 numbers, texts, true or false.")]
    [TestCase("""{ "requests": [{}], "labels": [null] }""",
        "labelled.json(1,21): labels is missing or no list of values; allowed: 1 to 10000 numbers, texts, true or false.")]
    [TestCase("""{ "requests": [{}], "labels": [[1]] }""",
        "labelled.json(1,21): labels is missing or no list of values; allowed: 1 to 10000 numbers, texts, true or false.")]
    [TestCase("""{ "requests": [], "labels": [1] }""", "labelled.json(1,3): requests is no list of bodies; allowed: 1 to 10000 of them.")]
    [TestCase("""{ "labels": [1] }""", "labelled.json(1,1): ")]
    [TestCase("no JSON", "labelled.json(1,")]
    public void Labelled_rows_that_can_not_be(string content, string mistake)
    {
        using var folder = new SpecFolder();
        folder.Write("labelled.json", content);
        folder.Replace("local.json", "\"finalBake\": \"4s\"", """ "gates": [{ "quality": { "sample": "labelled.json", "atLeast": 0.9 } }]""");

        Assert.That(folder.Mistakes(), Has.One.StartsWith(mistake).And.Exactly(1).Items);
    }

    [TestCase("""{ "columns": ["agee", "thal"], "data": [[48, "normal"], [50, "fixed"]], "labels": [0, 1] }""",
        "labelled.json(1,14): The columns lack \"age\"; allowed: every column that model/MLmodel requires.",
        "model/MLmodel(15,11): signature.inputs has no column \"agee\", which labelled.json sends; allowed: a signature with every column that is sent.")]
    [TestCase("""{ "columns": ["age", "thal"], "data": [[48, "normal"], ["old", "fixed"]], "labels": [0, 1] }""",
        "labelled.json(1,57): Row 2 has \"old\" in the column \"age\"; allowed: a whole number, for the column's type in the signature is long.")]
    public void Labelled_rows_are_held_against_the_signature_as_probes_are(string content, params string[] mistakes)
    {
        using var folder = new SpecFolder();
        folder.Write("labelled.json", content);
        folder.Replace("local.json", "\"weight\": 50", """ "gates": [{ "quality": { "sample": "labelled.json", "atLeast": 0.9 } }], "weight": 50""");

        Assert.That(folder.Mistakes(), Is.EquivalentTo(mistakes));
    }

    [Test]
    public void Labelled_rows_are_held_against_the_candidates_signature_alone()
    {
        using var folder = new SpecFolder();
        folder.WriteModel("old");
        folder.Replace("old/MLmodel", "\"age\", \"required\": true", "\"years\", \"required\": false");
        folder.Replace("local.json", "\"path\": \"model\"", "\"path\": \"model\", \"baseline\": \"old\"");
        var before = folder.Mistakes();
        folder.Write("labelled.json", Labelled);
        folder.Replace("local.json", "\"finalBake\": \"4s\"", """ "gates": [{ "quality": { "sample": "labelled.json", "atLeast": 0.9 } }]""");

        Assert.That(folder.Mistakes(), Is.EqualTo(before));
    }

    [TestCase("[0, 0]", "auc", "atLeast", "labelled.json(1,72): labels has 1 kind of label; allowed: 2, which auc needs.")]
    [TestCase("[0, 0]", "logLoss", "atMost", "labelled.json(1,72): labels has 1 kind of label; allowed: 2, which logLoss needs.")]
    [TestCase("[true, true]", "calibration", "atMost", "labelled.json(1,72): labels has 1 kind of label; allowed: 2, which calibration needs.")]
    [TestCase("[0, 0]", "accuracy", "atLeast")]
    [TestCase("[0, 1]", "auc", "atLeast")]
    public void Scores_are_measured_by_labels_of_two_kinds(string labels, string metric, string limit, params string[] mistakes)
    {
        using var folder = new SpecFolder();
        folder.Write("labelled.json", Labelled.Replace("[0, 1]", labels, StringComparison.Ordinal));
        folder.Replace("local.json", "\"finalBake\": \"4s\"", $$"""
            "gates": [{ "quality": { "sample": "labelled.json", "metric": "{{metric}}", "{{limit}}": 0.9 } }]
            """);

        Assert.That(folder.Mistakes(), Is.EqualTo(mistakes));
    }

    [Test]
    public void A_gate_of_another_step_that_has_the_same_name_is_told_with_its_line()
    {
        using var folder = new SpecFolder();
        folder.Replace("local.json", "\"weight\": 10", """ "gates": [{ "approval": {} }], "weight": 10""");
        folder.Replace("local.json", "\"weight\": 50", """ "gates": [{ "approval": {} }], "weight": 50""");

        Assert.That(folder.Mistakes(), Is.EqualTo(new[]
        {
            "local.json(16,20): A gate before it, in line 15, is called \"approval\"; allowed: a name of its own.",
        }));
    }

    [Test]
    public void What_follows_a_deadline_goes_with_one()
    {
        using var folder = new SpecFolder();
        folder.Replace("local.json", "\"finalBake\": \"4s\"", "\"finalBake\": \"4s\", \"onDeadline\": \"hold\"");

        Assert.That(folder.Mistakes(), Is.EqualTo(new[] { "local.json(18,24): rollout.onDeadline is written; allowed: only with rollout.deadline." }));
    }

    [Test]
    public void Labels_that_no_line_of_the_journal_holds()
    {
        using var folder = new SpecFolder();
        var label = new string('é', 999);
        folder.Write("labelled.json", JsonSerializer.Serialize(new { requests = Enumerable.Repeat(1, 300), labels = Enumerable.Repeat(label, 300) }));
        folder.Replace("local.json", "\"finalBake\": \"4s\"", """ "gates": [{ "quality": { "sample": "labelled.json", "atLeast": 0.9 } }]""");

        Assert.That(folder.Mistakes(), Has.One.EndsWith("The labels have 300300 characters together; allowed: 300000.").And.Exactly(1).Items);
    }

    [Test]
    public void Labelled_rows_that_are_not_there()
    {
        using var folder = new SpecFolder();
        folder.Replace("local.json", "\"finalBake\": \"4s\"", """ "gates": [{ "quality": { "sample": "gone.json", "atLeast": 0.9 } }]""");

        Assert.That(folder.Mistakes(), Has.Exactly(1).Contains("gone.json"));
    }

    [TestCase("""{ "mirror": 51 }, { "weight": 50 }""", "(14,27): rollout.steps[0].mirror is 51; allowed: a whole number from 1 to 50.")]
    [TestCase("""{ "weight": 50 }, { "mirror": 20 }""",
        "(14,45): A step of mirrored traffic comes after one of live traffic; allowed: before all of them, as a deployment has one of the two.")]
    [TestCase("""{ "mirror": 20 }, { "mirror": 20 }, { "weight": 50 }""", "(14,45): Two steps mirror 20 %; allowed: another share.")]
    [TestCase("""{ "mirror": 20, "weight": 50 }""",
        "(14,15): rollout.steps[0].weight and rollout.steps[0].mirror are both there; allowed: one of the two.")]
    [TestCase("""{ "bake": "1s" }""", "(14,15): rollout.steps[0].weight and rollout.steps[0].mirror are missing; allowed: one of the two.")]
    [TestCase("""{ "weight": 50, "bake": "10m", "untilEvidence": "5m" }""",
        "(14,63): rollout.steps[0].untilEvidence is 5m; allowed: at least the step's bake, 10m.")]
    [TestCase("""{ "weight": 50, "untilEvidence": "1m" }""",
        "(14,48): rollout.steps[0].untilEvidence is 1m; allowed: at least the step's bake, 5m.")]
    [TestCase("""{ "weight": 50, "untilEvidence": 3 }""", "(14,48): rollout.steps[0].untilEvidence is 3; allowed: a time with its unit")]
    public void Steps_that_can_not_be(string steps, string mistake)
    {
        using var folder = new SpecFolder();
        WriteSteps(folder, $"\"steps\": [{steps}]");

        Assert.That(folder.Mistakes(), Has.Exactly(1).StartsWith("local.json" + mistake));
    }

    [Test]
    public void A_step_of_mirrored_traffic_is_none_of_a_Kubernetes_endpoint()
    {
        using var folder = SpecFolder.WithSamples("kubernetes-endpoint.yml", "kubernetes-deployment.yml");
        var before = folder.Mistakes();
        WriteSteps(folder, """ "steps": [{ "mirror": 20 }, { "weight": 50 }]""");

        Assert.That(folder.Mistakes().Except(before), Is.EqualTo(new[]
        {
            "local.json(14,28): The step mirrors 20 %; allowed: steps with a weight, because the endpoint has the compute azureml:hospital-cluster, and Azure "
                + "mirrors traffic on managed endpoints alone.",
        }));
    }

    [Test]
    public void A_preset_beside_steps_is_told_where_it_stands()
    {
        using var folder = new SpecFolder();
        folder.Replace("local.json", "\"finalBake\": \"4s\"", "\"preset\": \"linear\"");

        Assert.That(folder.Mistakes(), Is.EqualTo(new[]
        {
            "local.json(18,5): rollout.preset is written beside rollout.steps; allowed: one of the two.",
        }));
    }

    [Test]
    public void A_deadline_that_the_bakes_overrun_is_reckoned_up()
    {
        using var folder = new SpecFolder();
        folder.Replace("local.json", "\"finalBake\": \"4s\"", "\"finalBake\": \"4s\", \"deadline\": \"15s\"");

        Assert.That(folder.Mistakes(), Is.EqualTo(new[]
        {
            "local.json(18,24): rollout.deadline is 15s; allowed: at least 16s, which the bakes take: 4s + 8s + 4s.",
        }));
    }

    [Test]
    public void A_deadline_that_the_bakes_leave_nothing_of_is_noted()
    {
        using var folder = new SpecFolder();
        folder.Replace("local.json", "\"finalBake\": \"4s\"", "\"finalBake\": \"4s\", \"deadline\": \"16s\"");

        Assert.That(folder.Mistakes(), Is.Empty);
        Assert.That(folder.Read().Notes.Select(folder.Shorten), Has.One.StartsWith(
            "local.json(18,24): rollout.deadline is 16s, and of that the bakes take 16s; 2 changes of the traffic in between, of "));
    }

    [TestCase("\"preset\": \"canary\"", "10 %, 50 %")]
    [TestCase("\"preset\": \"linear\"", "20 %, 40 %, 60 %, 80 %")]
    [TestCase("\"preset\": \"linear\", \"by\": 30", "30 %, 60 %, 90 %")]
    [TestCase("\"preset\": \"linear\", \"by\": 50", "50 %")]
    [TestCase("\"preset\": \"shadowThenCanary\"", "20 % mirrored, 10 %, 50 %")]
    [TestCase("\"preset\": \"allAtOnce\"", "")]
    [TestCase("\"retain\": 0", "10 %, 50 %")]
    public void A_preset_is_its_steps(string written, string steps)
    {
        using var folder = new SpecFolder();
        WriteSteps(folder, written);

        var reading = folder.Read();

        Assert.That(reading.Mistakes, Is.Empty);
        Assert.That(string.Join(", ", reading.Spec!.Strategy.Steps.Select(step => step.Title)), Is.EqualTo(steps));
    }

    [TestCase("\"preset\": \"rainbow\"", "(14,15): rollout.preset is \"rainbow\"; allowed: canary, linear, allAtOnce, shadowThenCanary.")]
    [TestCase("\"steps\": []", "(14,5): rollout.steps is empty; allowed: 1 to 20 steps, or the preset allAtOnce.")]
    [TestCase("\"by\": 30", "(14,5): rollout.by is written; allowed: only with the preset linear.")]
    [TestCase("\"preset\": \"canary\", \"by\": 30", "(14,25): rollout.by is written; allowed: only with the preset linear.")]
    [TestCase("\"preset\": \"linear\", \"by\": 4", "(14,15): There are 24 steps; allowed: 1 to 20.")]
    public void A_preset_that_is_none(string written, string mistake)
    {
        using var folder = new SpecFolder();
        WriteSteps(folder, written);

        Assert.That(folder.Mistakes(), Has.Exactly(1).EqualTo("local.json" + mistake));
    }

    [Test]
    public void Weights_of_the_command_line_leave_mirrored_steps_as_they_are()
    {
        using var folder = new SpecFolder();
        WriteSteps(folder, "\"preset\": \"shadowThenCanary\"");

        var reading = folder.Read(SpecOverrides.None with { Steps = [5, 25, 75] });

        Assert.That(reading.Spec?.Strategy.Steps.Select(step => step.Title), Is.EqualTo(new[] { "20 % mirrored", "5 %", "25 %", "75 %" }));
    }

    [Test]
    public void What_is_left_out_of_a_gate_has_its_default()
    {
        using var folder = new SpecFolder();
        folder.Write("labelled.json", Labelled);
        folder.Replace("local.json", "\"finalBake\": \"4s\"", """
            "gates": [
              { "errors": {} }, { "latency": {} }, { "agreement": { "margin": 0.02 } }, { "drift": {} },
              { "quality": { "sample": "labelled.json", "atLeast": 0.5 } },
              { "metric": { "name": "CpuUtilizationPercentage", "failure": "result > 90" } },
              { "webhook": { "url": "https://judge.example/" } }, { "approval": {} },
              { "name": "mine", "observeOnly": true, "on": { "fail": "hold", "noData": "advance" }, "errors": { "source": "replay" } }
            ]
            """);

        var reading = folder.Read();

        Assert.That(reading.Mistakes, Is.Empty);
        var gates = reading.Spec!.Strategy.Gates;
        Assert.Multiple(() =>
        {
            Assert.That(gates[0], Is.EqualTo(new ErrorsRule("errors")
            {
                Source = EvidenceSource.Traffic,
                Tolerance = 1.25,
                PassRatio = 2,
                MinimumRequests = 50,
                On = new(Consequence.Rollback, Consequence.Hold, Consequence.Hold, Consequence.Hold),
            }));
            Assert.That(gates[1], Is.EqualTo(new LatencyRule("latency") { Percent = 95, Tolerance = 1.25, Minimum = 1 }));
            Assert.That(gates[2], Is.EqualTo(new AgreementRule("agreement") { Margin = 0.02, MinimumPairs = 100 }));
            Assert.That(gates[3], Is.EqualTo(new DriftRule("drift") { MaximumDistance = 0.2, MinimumPairs = 100 }));
            Assert.That((QualityRule)gates[4], Has.Property("Metric").EqualTo(QualityMetric.Accuracy).And.Property("Limit").EqualTo(0.5));
            Assert.That(((QualityRule)gates[4]).Sample.Labels, Is.EqualTo(new[] { "0", "1" }));
            Assert.That((MetricRule)gates[5], Has.Property("Aggregation").EqualTo("Average").And.Property("OfDeployment").False);
            Assert.That((WebhookRule)gates[6], Has.Property("Interval").EqualTo(TimeSpan.FromMinutes(1)).And.Property("Timeout").EqualTo(TimeSpan.FromSeconds(10)));
            Assert.That(gates[7], Is.EqualTo(new ApprovalRule("approval", 1)));
            Assert.That(gates[8], Is.EqualTo(new ErrorsRule("mine")
            {
                Source = EvidenceSource.Replay,
                ObserveOnly = true,
                On = Consequences.Default with { Fail = Consequence.Hold, NoData = Consequence.Advance },
            }));
            Assert.That(reading.Spec.Strategy, Has
                .Property("FalseRollback").EqualTo(0.05)
                .And.Property("AlphaOfEach").EqualTo(0.05 / 5).Within(1e-12)
                .And.Property("Patience").EqualTo(TimeSpan.FromMinutes(10))
                .And.Property("Settle").EqualTo(TimeSpan.FromMinutes(3))
                .And.Property("Deadline").Null
                .And.Property("OnDeadline").EqualTo(Consequence.Rollback));
        });
    }

    /// <summary>Something else in place of the steps, in line 14.</summary>
    private static void WriteSteps(SpecFolder folder, string written)
    {
        folder.Replace("local.json", "\"steps\": [\n", "@");
        var text = File.ReadAllText(folder.File("local.json"));
        var begin = text.IndexOf('@', StringComparison.Ordinal);
        var end = text.IndexOf(']', begin);
        folder.Write("local.json", text[..begin] + written + text[(end + 1)..]);
    }
}
