using Sluice.Rollouts.Spec.Notifications;

namespace Sluice.Tests.Spec;

/// <summary>Who is told, as the configuration has it, and what people get wrong about it.</summary>
[TestFixture]
[Category("Unit")]
internal sealed class NotificationReaderTests
{
    [Test]
    public void Each_place_has_its_address_its_states_and_a_name_without_a_secret()
    {
        using var folder = With("""
            { "webhook": { "url": "https://hooks.example/a-path?key=1", "tokenVariable": "TOKEN" }, "on": ["failed", "rolledBack"], "template": "{endpoint}: {why}" },
            { "webhook": { "urlVariable": "HOOK" } },
            { "teams": { "urlVariable": "TEAMS_WEBHOOK" } },
            { "slack": { "urlVariable": "SLACK_WEBHOOK" } },
            { "slack": { "urlVariable": "SLACK_WEBHOOK" }, "on": ["held"] }
            """);

        var reading = folder.Read();

        Assert.That(reading.Mistakes, Is.Empty);
        var places = reading.Spec!.Notifications;
        Assert.Multiple(() =>
        {
            Assert.That(
                places.Select(place => place.Name),
                Is.EqualTo(new[] { "webhook hooks.example", "webhook HOOK", "teams TEAMS_WEBHOOK", "slack SLACK_WEBHOOK", "slack SLACK_WEBHOOK (2)" }));
            Assert.That(
                places.Select(place => place.Kind),
                Is.EqualTo(new[] { NotificationKind.Webhook, NotificationKind.Webhook, NotificationKind.Teams, NotificationKind.Slack, NotificationKind.Slack }));
            Assert.That(places[0].Address, Is.EqualTo(new Uri("https://hooks.example/a-path?key=1")));
            Assert.That(places[0].TokenVariable, Is.EqualTo("TOKEN"));
            Assert.That(places[0].On, Is.EqualTo(new[] { NotifiedState.Failed, NotifiedState.RolledBack }));
            Assert.That(places[0].Template, Is.EqualTo("{endpoint}: {why}"));
            Assert.That(places[1].AddressVariable, Is.EqualTo("HOOK"));
            Assert.That(places[2].On, Is.EqualTo(Enum.GetValues<NotifiedState>()));
        });
    }

    [TestCase("""{ "on": ["held"] }""", "The notification goes nowhere; allowed: one of webhook, teams, slack.")]
    [TestCase("""{ "teams": { "urlVariable": "A" }, "slack": { "urlVariable": "B" } }""",
        "notifications[0].slack is written beside teams; allowed: one place in a notification.")]
    [TestCase("""{ "teams": { "url": "https://flows.example/" } }""",
        "The key notifications[0].teams.url is not known; known: urlVariable.",
        "notifications[0].teams.urlVariable is missing; allowed: letters, digits and underscores, no digit first.")]
    [TestCase("""{ "webhook": {} }""", "notifications[0].webhook.url and notifications[0].webhook.urlVariable are missing; allowed: one of the two.")]
    [TestCase("""{ "webhook": { "url": "https://a.example/", "urlVariable": "A" } }""",
        "notifications[0].webhook.url and notifications[0].webhook.urlVariable are both there; allowed: one of the two.")]
    [TestCase("""{ "webhook": { "url": "http://a.example/" } }""",
        "notifications[0].webhook.url is \"http://a.example/\"; allowed: an address that begins with https://, or with http://localhost or "
        + "http://127.0.0.1, without a user or a password.")]
    [TestCase("""{ "slack": { "urlVariable": "A" }, "on": ["done"] }""",
        "notifications[0].on[0] is \"done\"; allowed: completed, rolledBack, failed, held, waiting.")]
    [TestCase("""{ "slack": { "urlVariable": "A" }, "on": [] }""",
        "notifications[0].on is empty; allowed: at least one state, or no on for all.")]
    [TestCase("""{ "slack": { "urlVariable": "A" }, "template": "{endpont} is {state}" }""",
        "notifications[0].template has the placeholder {endpont}; did you mean {endpoint}? Allowed: {state}, {endpoint}, {workspace}, {candidate}, {version}, "
        + "{stable}, {traffic}, {why}, {next}, {rollout}, {actor}, {run}.")]
    [TestCase("""{ "slack": { "urlVariable": "A" }, "template": "{weather}" }""",
        "notifications[0].template has the placeholder {weather}; allowed: {state}, {endpoint}, {workspace}, {candidate}, {version}, {stable}, {traffic}, "
        + "{why}, {next}, {rollout}, {actor}, {run}.")]
    public void A_mistake_names_the_place_and_what_is_allowed(string notification, params string[] mistakes)
    {
        using var folder = With(notification);

        var found = folder.Read().Mistakes;

        Assert.That(found.Select(mistake => mistake.Message), Is.EquivalentTo(mistakes));
        Assert.That(found.Select(mistake => mistake.Line), Is.All.EqualTo(13));
    }

    private static SpecFolder With(string notifications)
    {
        var folder = new SpecFolder();
        folder.Replace("local.json", "\"rollout\": {", $"\"notifications\": [{notifications.ReplaceLineEndings(" ")}],\n  \"rollout\": {{");
        return folder;
    }
}
