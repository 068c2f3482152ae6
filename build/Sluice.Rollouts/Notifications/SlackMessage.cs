using System.Text.Json.Nodes;

namespace Sluice.Rollouts.Notifications;

/// <summary>A message for an incoming webhook of Slack: blocks, and the text that its own notifications show.</summary>
/// <remarks>
/// Sources: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks and
/// https://docs.slack.dev/messaging/formatting-message-text: the three characters that begin Slack's own commands are escaped, so that nothing a
/// service has answered calls a whole channel. What a template's author writes is sent as it is. A section's text has at most 3,000 characters.
/// </remarks>
internal static class SlackMessage
{
    private const int LongestSection = 3_000;

    /// <summary>The message.</summary>
    public static JsonObject Of(string? template, Notice notice)
    {
        if (template is not null)
        {
            var text = NoticeTemplate.Fill(template, notice, value => Escaped(value, LongestSection / 4));
            return new() { ["text"] = text, ["blocks"] = new JsonArray(Section(Shortened.Of(text, LongestSection))) };
        }

        var heading = Escaped(NoticeText.Heading(notice), LongestSection / 2);
        return new()
        {
            ["text"] = heading,
            ["blocks"] = new JsonArray(
            [
                Section($"*{heading}*"),
                Section(Escaped(notice.Why, NoticeText.LongestPart)),
                .. NoticeText.Facts(notice).Select(fact =>
                    Section($"*{Escaped(fact.Label, LongestSection / 4)}*  {Escaped(fact.Value, LongestSection / 2)}")),
                .. notice.Next.Steps.Select(step => Section(step.Command is { } command
                    ? $"*Next*  `{Escaped(command, LongestSection / 2)}`  {Escaped(step.When, LongestSection / 4)}"
                    : $"*Next*  {Escaped(step.When, LongestSection / 4)}")),
            ]),
        };
    }

    private static JsonObject Section(string text) => new()
    {
        ["type"] = "section",
        ["text"] = new JsonObject { ["type"] = "mrkdwn", ["text"] = text },
    };

    /// <summary>The text with what Slack would obey escaped, cut before a character that would make it longer.</summary>
    private static string Escaped(string text, int longest)
    {
        for (var length = Math.Min(text.Length, longest); ; length--)
        {
            var escaped = Shortened.Of(text, Math.Max(length, 1))
                .Replace("&", "&amp;", StringComparison.Ordinal)
                .Replace("<", "&lt;", StringComparison.Ordinal)
                .Replace(">", "&gt;", StringComparison.Ordinal);
            if (escaped.Length <= longest || length <= 1)
            {
                return escaped;
            }
        }
    }
}
