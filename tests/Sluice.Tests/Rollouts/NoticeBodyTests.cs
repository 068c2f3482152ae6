using System.Collections.Immutable;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Sluice.Rollouts.Analysis;
using Sluice.Rollouts.Notifications;
using Sluice.Rollouts.Spec.Notifications;
using Sluice.Rollouts.State;
using static Sluice.Tests.Rollouts.Planning.Situations;

namespace Sluice.Tests.Rollouts;

/// <summary>What is sent, as each place takes it.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class NoticeBodyTests
{
    private static readonly Notice Back = new()
    {
        State = NotifiedState.RolledBack,
        Occasion = "rolled back",
        Rollout = "r-1",
        Workspace = "ws",
        Endpoint = "heart",
        Model = "heart-model",
        Stable = "default",
        Candidate = "green-2",
        CandidateVersion = "2",
        Traffic = Traffic.AllTo("default"),
        Why = "gate errors says Fail: 3 < 5 & [more](https://evil.example) <!channel>.",
        Gates = [new GateReport("errors", VerdictKind.Fail, "3 < 5", true, ImmutableSortedDictionary<string, double>.Empty)],
        Actor = "ann at https://ci.example/runs/7",
        Run = new Uri("https://ci.example/runs/7"),
        Time = Noon,
        Next = new([new("./build.sh --target=Logs", "says <more>"), new(null, "or nothing")]),
    };

    [Test]
    public void A_gate_that_is_only_watched_is_told_apart()
    {
        var notice = Back with { Gates = [Back.Gates[0] with { ObserveOnly = true }] };

        Assert.That(NoticeBody.Of(new(NotificationKind.Webhook, "place") { On = [] }, notice), Does.Contain("\"observeOnly\":true"));
        Assert.That(NoticeBody.Of(new(NotificationKind.Teams, "place") { On = [] }, notice), Does.Contain("Fail (only watched): 3 < 5"));
    }

    [Test]
    public void A_program_gets_a_flat_object_with_all_that_is_known()
    {
        var body = Of(NotificationKind.Webhook);

        Assert.That(body, Is.EqualTo(Parse("""
            {
              "state": "rolledBack",
              "occasion": "rolled back",
              "text": "heart: rollout of green-2 rolled back. gate errors says Fail: 3 < 5 & [more](https://evil.example) <!channel>. Next: ./build.sh --target=Logs (says <more>); or nothing",
              "rollout": "r-1",
              "workspace": "ws",
              "endpoint": "heart",
              "model": "heart-model",
              "stable": "default",
              "candidate": "green-2",
              "candidateVersion": "2",
              "traffic": { "default": 100 },
              "why": "gate errors says Fail: 3 < 5 & [more](https://evil.example) <!channel>.",
              "gates": [{ "name": "errors", "verdict": "Fail", "sentence": "3 < 5", "observeOnly": false }],
              "actor": "ann at https://ci.example/runs/7",
              "run": "https://ci.example/runs/7",
              "time": "2026-01-05T12:00:00+00:00",
              "next": "./build.sh --target=Logs (says <more>); or nothing",
              "nextCommands": [{ "command": "./build.sh --target=Logs", "when": "says <more>" }, { "command": null, "when": "or nothing" }]
            }
            """)).Using<JToken>(JToken.DeepEquals));
    }

    [Test]
    public void Teams_gets_a_message_with_one_adaptive_card_whose_texts_know_no_markdown()
    {
        var body = Of(NotificationKind.Teams);

        var attachment = body["attachments"]!.Single();
        var card = attachment["content"]!;
        Assert.Multiple(() =>
        {
            Assert.That((string?)body["type"], Is.EqualTo("message"));
            Assert.That((string?)attachment["contentType"], Is.EqualTo("application/vnd.microsoft.card.adaptive"));
            Assert.That((string?)card["type"], Is.EqualTo("AdaptiveCard"));
            Assert.That((string?)card["version"], Is.EqualTo("1.2"));
            Assert.That(card["body"]!.Select(block => (string?)block["type"]), Is.All.EqualTo("RichTextBlock"));
            Assert.That(card.SelectTokens("body[*].inlines[*].type").Select(type => (string?)type), Is.All.EqualTo("TextRun"));
            Assert.That((string?)card.SelectToken("body[0].inlines[0].text"), Is.EqualTo("heart: rollout of green-2 rolled back"));
            Assert.That((string?)card.SelectToken("body[1].inlines[0].text"), Is.EqualTo(Back.Why));
            Assert.That((string?)card.SelectToken("body[5].inlines[1].text"), Is.EqualTo("./build.sh --target=Logs"));
            Assert.That((string?)card.SelectToken("actions[0].url"), Is.EqualTo("https://ci.example/runs/7"));
        });
    }

    [Test]
    public void Slack_gets_blocks_and_a_text_in_which_it_finds_nothing_to_obey()
    {
        var body = Of(NotificationKind.Slack);

        var texts = body.SelectTokens("blocks[*].text.text").Append(body["text"]!).Select(text => (string)text!).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That((string?)body["text"], Is.EqualTo("heart: rollout of green-2 rolled back"));
            Assert.That(texts[1], Is.EqualTo("gate errors says Fail: 3 &lt; 5 &amp; [more](https://evil.example) &lt;!channel&gt;."));
            Assert.That(texts, Has.None.Contain("<").And.None.Contain(">"));
            Assert.That(texts[^3..^1], Is.EqualTo(new[] { "*Next*  `./build.sh --target=Logs`  says &lt;more&gt;", "*Next*  or nothing" }));
            Assert.That(body.SelectTokens("blocks[*].type").Select(type => (string?)type), Is.All.EqualTo("section"));
        });
    }

    [Test]
    public void A_template_is_its_authors_and_only_what_is_put_into_it_is_escaped()
    {
        const string template = "<!here> {endpoint} {state}: {why} {unknown} { }";

        var slack = Of(NotificationKind.Slack, template);
        var teams = Of(NotificationKind.Teams, template);
        var webhook = Of(NotificationKind.Webhook, template);

        Assert.Multiple(() =>
        {
            Assert.That((string?)slack["text"], Does.StartWith("<!here> heart rolled back: gate errors says Fail: 3 &lt; 5 &amp;").And.EndWith("{unknown} { }"));
            Assert.That((string?)slack.SelectToken("blocks[0].text.text"), Is.EqualTo((string?)slack["text"]));
            Assert.That(
                (string?)teams.SelectToken("attachments[0].content.body[0].inlines[0].text"),
                Is.EqualTo($"<!here> heart rolled back: {Back.Why} {{unknown}} {{ }}"));
            Assert.That((string?)webhook["text"], Does.StartWith("<!here> heart rolled back: gate errors says Fail: 3 < 5 &"));
        });
    }

    [Test]
    public void A_long_reason_fits_the_limits_of_both([Values('&', 'ä', 'x')] char letter)
    {
        var report = new GateReport(new string(letter, 900), VerdictKind.Pass, new string(letter, 9_000), true, ImmutableSortedDictionary<string, double>.Empty);
        var wordy = Back with { Why = new string(letter, 10_000), Gates = [.. Enumerable.Repeat(report, 30)] };

        var slack = JObject.Parse(NoticeBody.Of(Place(NotificationKind.Slack, null), wordy));
        var teams = NoticeBody.Of(Place(NotificationKind.Teams, null), wordy);

        Assert.That(slack.SelectTokens("blocks[*].text.text").Select(text => ((string)text!).Length), Is.All.LessThanOrEqualTo(3_000));
        Assert.That(slack["blocks"]!.Count(), Is.LessThanOrEqualTo(50));
        Assert.That(Encoding.UTF8.GetByteCount(teams), Is.LessThan(28_000));
    }

    private static JObject Of(NotificationKind kind, string? template = null) => Parse(NoticeBody.Of(Place(kind, template), Back));

    private static JObject Parse(string json) =>
        JsonConvert.DeserializeObject<JObject>(json, new JsonSerializerSettings { DateParseHandling = DateParseHandling.None })!;

    private static NotificationSpec Place(NotificationKind kind, string? template) => new(kind, "place") { On = [], Template = template };
}
