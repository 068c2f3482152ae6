using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Rollouts.Spec.Notifications;

namespace Sluice.Rollouts.Notifications;

/// <summary>A message's JSON, by where it goes.</summary>
internal static class NoticeBody
{
    /// <summary>No browser reads it as a page, so letters and signs are written as they are: the limits count bytes.</summary>
    private static readonly JsonSerializerOptions Json =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The body of the POST.</summary>
    /// <param name="place">Where it goes.</param>
    /// <param name="notice">What there is to tell.</param>
    public static string Of(NotificationSpec place, Notice notice)
    {
        var body = place.Kind switch
        {
            NotificationKind.Teams => TeamsMessage.Of(place.Template, notice),
            NotificationKind.Slack => SlackMessage.Of(place.Template, notice),
            _ => OfWebhook(place.Template, notice),
        };
        return body.ToJsonString(Json);
    }

    /// <summary>
    /// The flat object for programs: <c>state</c> (completed, rolledBack, failed, held or waiting), <c>occasion</c> (a key), <c>text</c>, <c>rollout</c>,
    /// <c>workspace</c>, <c>endpoint</c>, <c>model</c>, <c>stable</c>, <c>candidate</c>, <c>candidateVersion</c>, <c>traffic</c> (deployment to
    /// percent), <c>why</c>, <c>gates</c> (a list of name, verdict, sentence, observeOnly), <c>actor</c>, <c>run</c>, <c>time</c> (ISO 8601, UTC),
    /// <c>next</c> (on one line) and <c>nextCommands</c> (the same as a list of command and when). What is not known is null.
    /// </summary>
    private static JsonObject OfWebhook(string? template, Notice notice) => new()
    {
        ["state"] = JsonNamingPolicy.CamelCase.ConvertName(notice.State.ToString()),
        ["occasion"] = notice.Occasion,
        ["text"] = NoticeTemplate.Fill(template ?? NoticeTemplate.Usual, notice, value => value),
        ["rollout"] = notice.Rollout,
        ["workspace"] = notice.Workspace,
        ["endpoint"] = notice.Endpoint,
        ["model"] = notice.Model,
        ["stable"] = notice.Stable,
        ["candidate"] = notice.Candidate,
        ["candidateVersion"] = notice.CandidateVersion,
        ["traffic"] = new JsonObject(notice.Traffic.Percents.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value))),
        ["why"] = notice.Why,
        ["gates"] = new JsonArray([.. notice.Gates.Select(report => new JsonObject
        {
            ["name"] = report.Gate,
            ["verdict"] = report.Kind.ToString(),
            ["sentence"] = report.Sentence,
            ["observeOnly"] = report.ObserveOnly,
        })]),
        ["actor"] = notice.Actor,
        ["run"] = notice.Run?.AbsoluteUri,
        ["time"] = notice.Time,
        ["next"] = notice.Next.Sentence,
        ["nextCommands"] = new JsonArray([.. notice.Next.Steps.Select(step => new JsonObject
        {
            ["command"] = step.Command,
            ["when"] = step.When,
        })]),
    };
}
