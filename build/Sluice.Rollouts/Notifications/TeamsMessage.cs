using System.Text.Json.Nodes;

namespace Sluice.Rollouts.Notifications;

/// <summary>
/// A message for a workflow of Microsoft Teams ("when a Teams webhook request is received"): a message whose one attachment is an Adaptive
/// Card, the only card that workflows take. The message cards of the Office 365 connectors, which are retired, are not sent.
/// </summary>
/// <remarks>
/// Sources: https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using and
/// https://learn.microsoft.com/adaptive-cards/schema-explorer/text-run: a TextRun, of version 1.2, knows no Markdown, so nothing that a
/// service has answered becomes a link or a mention. A message has at most 28 KB.
/// </remarks>
internal static class TeamsMessage
{
    /// <summary>Characters of a fact.</summary>
    private const int LongestFact = 300;

    /// <summary>The message.</summary>
    public static JsonObject Of(string? template, Notice notice)
    {
        JsonObject[] body = template is null ? [.. Usual(notice)] : [Paragraph(Run(NoticeTemplate.Fill(template, notice, value => value)))];
        var card = new JsonObject
        {
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["type"] = "AdaptiveCard",
            ["version"] = "1.2",
            ["body"] = new JsonArray([.. body]),
        };
        if (notice.Run is { } run)
        {
            card["actions"] = new JsonArray(new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = "Run", ["url"] = run.AbsoluteUri });
        }

        return new()
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(new JsonObject
            {
                ["contentType"] = "application/vnd.microsoft.card.adaptive",
                ["contentUrl"] = null,
                ["content"] = card,
            }),
        };
    }

    private static IEnumerable<JsonObject> Usual(Notice notice) =>
    [
        Paragraph(Run(NoticeText.Heading(notice), isBold: true)),
        Paragraph(Run(notice.Why)),
        .. NoticeText.Facts(notice).Select(fact =>
            Paragraph(Run($"{fact.Label}  ", isBold: true), Run(Shortened.Of(fact.Value, LongestFact)))),
        .. notice.Next.Steps.Select(step => step.Command is { } command
            ? Paragraph(Run("Next  ", isBold: true), Run(command, isCode: true), Run($"  {step.When}"))
            : Paragraph(Run("Next  ", isBold: true), Run(step.When))),
    ];

    private static JsonObject Paragraph(params JsonNode?[] runs) => new() { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray(runs) };

    private static JsonObject Run(string text, bool isBold = false, bool isCode = false)
    {
        var run = new JsonObject { ["type"] = "TextRun", ["text"] = Shortened.Of(text, NoticeText.LongestPart) };
        if (isBold)
        {
            run["weight"] = "bolder";
        }

        if (isCode)
        {
            run["fontType"] = "monospace";
        }

        return run;
    }
}
