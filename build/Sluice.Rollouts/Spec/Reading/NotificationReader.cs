using System.Collections.Immutable;
using Sluice.Rollouts.Notifications;
using Sluice.Rollouts.Spec.Notifications;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>Reads the list <c>notifications</c>: who is told of a rollout's states, and of which.</summary>
internal static class NotificationReader
{
    private const string AddressAbout = "The environment variable that holds its address; whoever knows that can post, so it is in no file.";

    private static readonly Format<NotifiedState> States = Formats.OneOf(
        ("completed", NotifiedState.Completed),
        ("rolledBack", NotifiedState.RolledBack),
        ("failed", NotifiedState.Failed),
        ("held", NotifiedState.Held),
        ("waiting", NotifiedState.Waiting));

    private static readonly (string Key, Func<MapReader, NotificationSpec> Read, string About)[] Kinds =
    [
        ("webhook", ReadWebhook, "A program that takes a flat JSON object, as a POST."),
        ("teams", map => ReadHidden(map, NotificationKind.Teams), "A workflow of Microsoft Teams that posts what a webhook is sent."),
        ("slack", map => ReadHidden(map, NotificationKind.Slack), "An incoming webhook of Slack."),
    ];

    /// <summary>Reads the list.</summary>
    /// <param name="map">The map that has it as <c>notifications</c>.</param>
    /// <returns>The places, each with a name of its own; empty after a mistake in any.</returns>
    public static ImmutableArray<NotificationSpec> ReadList(MapReader map)
    {
        var read = map.List("notifications", Read, "Who is told how a rollout ends or what it waits for; each state once.")?.Value ?? [];
        var written = read.OfType<NotificationSpec>();
        return [.. written.GroupBy(place => place.Name).SelectMany(same => same.Select((place, index) =>
            index == 0 ? place : place with { Name = $"{place.Name} ({index + 1})" }))];
    }

    private static NotificationSpec? Read(MapReader map)
    {
        var on = map.List("on", States, "The states that it is told of; all without it.", "at least one state, or no on for all");
        var template = map.Optional("template", Formats.Text, $"The text, with any of the placeholders {NoticeTemplate.Allowed}.");
        var read = Kinds.Select(kind => (kind.Key, Place: map.OptionalSection(kind.Key, kind.Read, kind.About))).ToArray();
        var written = read.Where(kind => map.Has(kind.Key)).ToArray();
        map.HasOneOf([.. Kinds.Select(kind => kind.Key)]);
        foreach (var other in written.Skip(1))
        {
            map.Mistake(other.Key, $"{map.PathOf(other.Key)} is written beside {written[0].Key}; allowed: one place in a notification.");
        }

        foreach (var unknown in template is { IsGood: true } ? NoticeTemplate.Unknown(template.Value) : [])
        {
            var hint = NearestName.Of(unknown, NoticeTemplate.Names) is { } nearest ? $"did you mean {{{nearest}}}? Allowed" : "allowed";
            map.Mistake(template!.Place, $"{map.PathOf("template")} has the placeholder {{{unknown}}}; {hint}: {NoticeTemplate.Allowed}.");
        }

        if (written is not [{ Place: { } place }, ..])
        {
            map.Mistake(map.Place, $"The notification goes nowhere; allowed: one of {string.Join(", ", Kinds.Select(kind => kind.Key))}.");
            return null;
        }

        return place with
        {
            On = map.Has("on") ? [.. on.Select(state => state.Value).Distinct()] : [.. Enum.GetValues<NotifiedState>()],
            Template = template?.Value,
        };
    }

    private static NotificationSpec ReadWebhook(MapReader map)
    {
        var address = map.Optional("url", Formats.WebAddress, "Where to, when the address is no secret.");
        var variable = map.Optional("urlVariable", Names.EnvironmentVariable, "The environment variable that holds the address, when it is a secret.");
        var token = map.Optional("tokenVariable", Names.EnvironmentVariable, "The environment variable that holds a bearer token for it.");
        map.HasOneOf("url", "urlVariable");
        if ((address is null) == (variable is null))
        {
            var found = address is null ? "missing" : "both there";
            map.Mistake(map.Place, $"{map.PathOf("url")} and {map.PathOf("urlVariable")} are {found}; allowed: one of the two.");
        }

        return new(NotificationKind.Webhook, $"webhook {variable?.Value ?? address?.Value?.Authority}")
        {
            Address = address?.Value,
            AddressVariable = variable?.Value,
            TokenVariable = token?.Value,
            On = [],
        };
    }

    private static NotificationSpec ReadHidden(MapReader map, NotificationKind kind)
    {
        var variable = map.Required("urlVariable", Names.EnvironmentVariable, AddressAbout);
        return new(kind, $"{kind.ToString().ToLowerInvariant()} {variable.Value}") { AddressVariable = variable.Value, On = [] };
    }
}
