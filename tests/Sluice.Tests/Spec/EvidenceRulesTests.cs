namespace Sluice.Tests.Spec;

/// <summary>What the gates need against what the steps bring: told with the file, the line, both numbers and how they come about.</summary>
[Category("Unit")]
public sealed class EvidenceRulesTests
{
    [Test]
    public void A_step_that_waits_for_more_than_the_usual_traffic_brings_is_noted()
    {
        using var folder = FolderWith("""
            "traffic": { "requestsPerMinute": 60, "errorRate": 0.01 }, "gate": { "maximumErrorRate": 0.2 },
            "steps": [{ "weight": 10, "bake": "10m",
              "untilEvidence": "33m" }, { "weight": 60, "bake": "10m" }],
            "gates": [{ "errors": {} }]
            """);

        var reading = folder.Read();

        Assert.That(reading.Mistakes, Is.Empty);
        var note = folder.Shorten(reading.Notes.Single());
        Assert.That(note, Does.StartWith("local.json(16,20): The step of 10 % is not going to see the evidence that it waits for: gate errors needs about "));
        Assert.That(note, Does.Match(@"needs about \d,\d{3} requests of the candidate to rule out 2 times as many errors, .* and there are 168 by the end of the 33m: "
            + @"60 requests a minute × 10 % × 28 whole minutes that are older than rollout.settle \(3m\) and read twice by then\.$"));
    }

    [Test]
    public void A_step_whose_usual_traffic_suffices_is_not_noted()
    {
        using var folder = FolderWith("""
            "traffic": { "requestsPerMinute": 6000, "errorRate": 0.01 }, "gate": { "maximumErrorRate": 0.2 },
            "steps": [{ "weight": 10, "bake": "10m", "untilEvidence": "33m" }, { "weight": 60, "bake": "10m" }],
            "gates": [{ "errors": {} }]
            """);

        Assert.That(folder.Read().Notes, Is.Empty);
    }

    [Test]
    public void A_minimum_that_the_usual_traffic_does_not_bring_is_noted_once_where_the_gate_is_written()
    {
        using var folder = FolderWith("""
            "traffic": { "requestsPerMinute": 2 },
            "gate": { "lookInterval": "1m", "probesPerLook": 2, "minimumProbes": 4 },
            "steps": [{ "weight": 10, "bake": "10m" }, { "weight": 60, "bake": "10m" }],
            "patience": "3m",
            "gates": [
              { "name": "callers", "errors": { "minimumRequests": 500 } }]
            """);

        Assert.That(folder.Read().Notes.Select(folder.Shorten), Is.EqualTo(new[]
        {
            "local.json(19,13): Gate callers needs 500 requests of the candidate, and the step of 10 % brings 1.6 in the 13m that a run looks at it at most: "
            + "2 requests a minute × 10 % × 8 whole minutes that are older than rollout.settle (3m) and read twice by then.",
        }));
    }

    [TestCase("agreement", 1, 0)]
    [TestCase("agreement", 100, 1)]
    [TestCase("drift", 100, 1)]
    public void A_gate_that_needs_more_pairs_than_there_are_different_rows_is_noted(string gate, int pairs, int notes)
    {
        using var folder = FolderWith($$"""
            "gate": { "lookInterval": "10s" }, "steps": [{ "weight": 10, "bake": "10m" }], "finalBake": "10m",
            "gates": [{ "name": "alike", "{{gate}}": { "minimumPairs": {{pairs}}{{(gate == "agreement" ? ", \"atLeast\": 0.9" : "")}} } }]
            """);

        var told = folder.Read().Notes.Select(folder.Shorten).Where(note => note.Contains("again and again", StringComparison.Ordinal)).ToArray();

        Assert.That(told, Has.Length.EqualTo(notes));
        Assert.That(told, Has.All.StartsWith($"local.json(15,21): Gate alike needs {pairs} pairs, and there "));
    }

    [Test]
    public void Pairs_that_all_looks_together_do_not_send_are_a_mistake()
    {
        using var folder = FolderWith("""
            "gate": { "lookInterval": "1m", "probesPerLook": 2, "minimumProbes": 4 },
            "steps": [{ "weight": 10, "bake": "10m" }, { "weight": 60, "bake": "10m" }],
            "patience": "3m",
            "gates": [{ "name": "alike", "agreement": { "atLeast": 0.9, "minimumPairs": 100 } }]
            """);

        Assert.That(folder.Mistakes(), Is.EqualTo(new[]
        {
            "local.json(17,21): Gate alike needs 100 pairs, and the step of 10 % brings 30 in the 13m that a run looks at it at most: "
            + "2 from before it, and 14 looks × 2 rows.",
        }));
    }

    [TestCase(""" "observeOnly": true, """)]
    [TestCase(""" "on": { "noData": "advance" }, """)]
    public void Pairs_that_nothing_depends_on_may_be_too_few(string exception)
    {
        using var folder = FolderWith($$"""
            "gate": { "lookInterval": "1m", "probesPerLook": 2, "minimumProbes": 4 },
            "steps": [{ "weight": 10, "bake": "10m" }, { "weight": 60, "bake": "10m" }],
            "gates": [{ {{exception}} "agreement": { "atLeast": 0.9, "minimumPairs": 100 } }]
            """);

        Assert.That(folder.Mistakes(), Is.Empty);
    }

    [Test]
    public void Waiting_for_a_certainty_that_no_number_of_pairs_gives_is_a_mistake()
    {
        using var folder = FolderWith("""
            "steps": [{ "weight": 10, "bake": "10m", "untilEvidence": "1h",
              "gates": [{ "name": "alike", "agreement": { "atLeast": 1 } }] }, { "weight": 60, "bake": "10m" }]
            """);

        Assert.That(folder.Mistakes(), Is.EqualTo(new[]
        {
            "local.json(14,59): The step of 10 % waits for gate alike to certify that at least 100 % agree, if all do, which no number of pairs does; "
            + "allowed: without untilEvidence.",
        }));
    }

    [Test]
    public void Minutes_that_have_not_settled_by_the_end_of_a_step_are_noted()
    {
        using var folder = FolderWith("""
            "steps": [{ "weight": 10, "bake": "2m", "gates": [{ "latency": { "objective": "100ms", "minimum": 2 } }] }, { "weight": 60, "bake": "10m" }],
            "patience": "2m"
            """);

        Assert.That(folder.Read().Notes.Single().Message, Is.EqualTo(
            "Gate latency needs 2 minutes of telemetry, and the step of 10 % brings 0 in the 4m that a run looks at it at most: 0 whole minutes that are older than "
            + "rollout.settle (3m) and read twice by then."));
    }

    [Test]
    public void Replayed_errors_that_none_may_have_prove_no_ratio()
    {
        using var folder = FolderWith("""
            "steps": [{ "weight": 10, "bake": "10m", "untilEvidence": "1h" }, { "weight": 60, "bake": "10m" }],
            "gates": [{ "errors": { "source": "replay", "negligible": 0 } }]
            """);

        Assert.That(folder.Mistakes(), Is.EqualTo(new[]
        {
            "local.json(14,59): The step of 10 % waits for gate errors to rule out 2 times as many errors, if there are as many as before, which no number "
            + "of pairs does; allowed: without untilEvidence.",
        }));
    }

    [Test]
    public void Latency_of_minutes_in_which_the_looks_are_many_is_noted()
    {
        using var folder = FolderWith("""
            "traffic": { "requestsPerMinute": 600 },
            "steps": [{ "weight": 50, "bake": "10m" }],
            "gates": [{ "latency": {} }]
            """);

        Assert.That(folder.Read().Notes.Select(folder.Shorten), Is.EqualTo(new[]
        {
            "local.json(16,11): Gate latency finds nothing in the step of 50 %, and proves nothing: a minute has too few requests of callers to compare, or "
            + "too many of the looks among them (with a longer lookInterval fewer minutes have any).",
        }));
    }

    [TestCase("\"tolerance\": 1.05", 1)]
    [TestCase("\"tolerance\": 1.1", 0)]
    [TestCase("\"tolerance\": 1, \"source\": \"replay\"", 0)]
    public void A_tolerance_that_takes_any_slow_spell_for_a_slow_candidate_is_noted(string tolerance, int notes)
    {
        using var folder = FolderWith($$"""
            "steps": [{ "weight": 50, "bake": "10m", "gates": [{ "latency": { {{tolerance}} } }] }]
            """);

        Assert.That(folder.Read().Notes.Select(note => note.Message), Is.EqualTo(Enumerable.Repeat(
            "Gate latency has a tolerance of 1.05: a deployment that is slow for a while by chance is soon called slower; at least 1.1 is steadier.", notes)));
    }

    [TestCase("\"errorRate\": 0.01", "\"maximumErrorRate\": 0", "local.json(15,54): rollout.gate.maximumErrorRate is 0, and 1 % of requests fail as usual "
        + "(rollout.traffic.errorRate): failed probes alone send 90 % of such candidates back, though rollout.falseRollback is 0.05. A higher limit, more minimumProbes "
        + "or fewer probes send back fewer.")]
    [TestCase("\"errorRate\": 0.01", "\"maximumErrorRate\": 0.2", null)]
    [TestCase("\"requestsPerMinute\": 600", "\"maximumErrorRate\": 0", null)]
    public void Probes_that_fail_as_usual_and_are_too_many_for_the_limit_are_noted(string traffic, string limit, string? note)
    {
        using var folder = FolderWith($$"""
            "traffic": { {{traffic}} },
            "gate": { "lookInterval": "30s", "probesPerLook": 5, {{limit}} },
            "steps": [{ "weight": 50, "bake": "17m" }], "finalBake": "5m"
            """);

        Assert.That(folder.Read().Notes.Select(folder.Shorten), Is.EqualTo(note is null ? [] : new[] { note }));
    }

    [Test]
    public void A_replayed_latency_whose_looks_are_fewer_than_a_Fail_takes_is_noted()
    {
        using var folder = FolderWith("""
            "gate": { "lookInterval": "5m" },
            "steps": [{ "weight": 10, "bake": "10m" }], "finalBake": "2m",
            "gates": [{ "latency": { "source": "replay" } }]
            """);

        Assert.That(folder.Read().Notes.Select(folder.Shorten), Is.EqualTo(new[]
        {
            "local.json(16,11): Gate latency can hold a slow candidate and not send it back: it needs 90 pairs to find one that is slower in each look, and there are "
            + "50 by the end of the step of 100 %: 30 from before it, and 2 looks × 10 rows. A shorter lookInterval brings more looks.",
        }));
    }

    [TestCase("", "it is no slower with a probability of 80 %, if it is so in no look")]
    [TestCase(", \"objective\": \"100ms\"", "95 % take at most 100ms, if all do")]
    public void A_step_that_waits_for_more_looks_at_latencies_than_there_are_is_noted(string objective, string proof)
    {
        using var folder = FolderWith($$"""
            "gate": { "lookInterval": "5m" },
            "steps": [{ "weight": 10, "bake": "10m", "untilEvidence": "25m" }], "finalBake": "1h",
            "gates": [{ "latency": { "source": "replay"{{objective}} } }]
            """);

        var note = folder.Shorten(folder.Read().Notes.Single());
        Assert.That(note, Does.StartWith("local.json(15,59): The step of 10 % is not going to see the evidence that it waits for: gate latency needs about "));
        Assert.That(note, Does.Match(@$"\d pairs to prove that {proof}, and there are \d+ by the end of the 25m: (\d from before it, and )?6 looks × 10 rows\.$"));
    }

    /// <summary>A configuration whose rollout is as given; its first line is the 14th of the file.</summary>
    private static SpecFolder FolderWith(string rollout)
    {
        var folder = new SpecFolder();
        var text = File.ReadAllText(folder.File("local.json"));
        var begin = text.IndexOf("\"rollout\": {", StringComparison.Ordinal) + "\"rollout\": {".Length;
        var end = text.IndexOf("\"probes\":", StringComparison.Ordinal);
        folder.Write("local.json", $"{text[..begin]}\n{rollout}\n}},\n{text[end..]}");
        return folder;
    }
}
