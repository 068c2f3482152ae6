using System.Text.Json;
using System.Text.RegularExpressions;
using Azure;
using Azure.Identity;

namespace Sluice.AzureML.Faults;

/// <summary>What the service said when it refused a request or when an operation failed.</summary>
/// <param name="Code">The outermost error code; null when there is none.</param>
/// <param name="Message">All that was said, down to the innermost cause, and the ids to quote to Azure's support.</param>
internal sealed partial record ServiceFault(string? Code, string Message)
{
    private const int LongestPlainText = 300;
    private const string Unread = "UnreadableAnswer";

    /// <summary>Reads a failure; null when it is not one of the service's, of the way to it, or of the sign-in.</summary>
    public static ServiceFault? Of(Exception exception) => exception switch
    {
        _ when ServiceEndedException.Behind(exception) is { } ended => new("ServiceEnded", ended.Message),
        RequestFailedException refusal => Of(refusal),

        // Several tries that all failed come as one; the last tells where things stand now.
        AggregateException { InnerExceptions: [.., var last] } => Of(last),
        AuthenticationFailedException refusal => new("AuthenticationFailed", refusal.Message.Split('\n', 2)[0].Trim()),
        TimeoutException timeout => new("Timeout", timeout.Message),
        HttpRequestException or IOException => new(null, exception.Message),
        JsonException broken => Unreadable(broken),
        OperationCanceledException => new("Timeout", "The service did not answer in time."),

        // With these the SDK says that a value is of another kind than the service's own; with the first one also that an address of an
        // operation is in the open, where it would have to send its token. Nothing tells them from mistakes of the program.
        InvalidOperationException or FormatException or ArgumentException
            or KeyNotFoundException or OverflowException or InvalidCastException =>
            new(Unread, $"The answer has a value that cannot be used, or lacks one, or this program misreads it ({exception.GetType().Name})."),
        _ => null,
    };

    /// <summary>Reads a refusal.</summary>
    public static ServiceFault Of(RequestFailedException exception)
    {
        if (exception.InnerException is JsonException broken)
        {
            return Unreadable(broken);
        }

        var response = exception.GetRawResponse();
        var causes = response is null ? null : CausesOf(response);
        var ids = response is null ? "" : IdsOf(response);
        if (causes is not null)
        {
            return new ServiceFault(causes[0].Code ?? exception.ErrorCode, Sentence(causes) + ids);
        }

        // Storage answers in XML, of which the exception has made a first line; a front door may answer with a page.
        var line = exception.Message.Split('\n', 2)[0].Trim();
        var status = response is null ? "" : $" (HTTP {exception.Status})";
        return new ServiceFault(
            string.IsNullOrEmpty(exception.ErrorCode) ? null : exception.ErrorCode,
            (response is null || line.Length <= LongestPlainText ? line : line[..LongestPlainText] + "…") + status + ids);
    }

    /// <summary>
    /// Whether a later try may go better without anything else having changed: no answer or a broken one, throttled, service at fault.
    /// </summary>
    /// <param name="exception">The failure; a cancellation counts as a time-out of the connection.</param>
    public static bool IsPassing(Exception exception) => exception switch
    {
        _ when ServiceEndedException.Behind(exception) is not null => false,
        RequestFailedException { Status: 0, ErrorCode: not null } => false,
        RequestFailedException { InnerException: JsonException } => true,
        RequestFailedException refusal => refusal.Status is 0 or 408 or 429 or >= 500,
        AggregateException { InnerExceptions: [.., var last] } => IsPassing(last),
        OperationCanceledException or HttpRequestException or IOException or JsonException => true,
        _ => false,
    };

    /// <summary>
    /// Whether the refusal means that the write has to wait for its turn. The documentation speaks of 409; managed endpoints were
    /// seen to say in words that another operation is under way.
    /// </summary>
    public static bool IsBusy(RequestFailedException exception) =>
        exception.Status == 409 || (exception.Status == 400 && BusyWords().IsMatch(Of(exception).Message));

    [GeneratedRegex(
        "because it is in (Creating|Updating|Scaling|Deleting) provisioning state|another operation .*(already running|in progress)",
        RegexOptions.IgnoreCase)]
    private static partial Regex BusyWords();

    private static ServiceFault Unreadable(JsonException exception) => new(
        Unread,
        exception.Path is null or "$"
            ? "The answer is no JSON, or was cut off."
            : $"The answer has something else at {exception.Path} than the service writes there.");

    private static List<Cause>? CausesOf(Response response)
    {
        try
        {
            using var document = JsonDocument.Parse(response.Content);
            return IsObject(document.RootElement) && document.RootElement.TryGetProperty("error", out var error) && IsObject(error)
                ? [.. Causes(error)]
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second one says that an escape makes half a surrogate pair.
            return null;
        }
    }

    /// <summary>The error, its details and its inner error, outermost first.</summary>
    private static IEnumerable<Cause> Causes(JsonElement error)
    {
        yield return new Cause(error.TextOf("code"), Unwrapped(error.TextOf("message") ?? "The service gave no reason."));
        if (error.TryGetProperty("details", out var details) && details.ValueKind == JsonValueKind.Array)
        {
            foreach (var cause in details.EnumerateArray().Where(IsObject).SelectMany(Causes))
            {
                yield return cause;
            }
        }

        foreach (var name in (string[])["innererror", "innerError"])
        {
            if (error.TryGetProperty(name, out var inner) && IsObject(inner) && inner.TextOf("message") is not null)
            {
                foreach (var cause in Causes(inner))
                {
                    yield return cause;
                }
            }
        }
    }

    /// <summary>All causes, outermost first; an outer one often quotes an inner one, which then is not said twice.</summary>
    private static string Sentence(List<Cause> causes) => causes.Skip(1).Aggregate(
        causes[0].Message,
        (text, cause) => text.Contains(cause.Message, StringComparison.Ordinal) ? text : $"{text} {cause}");

    /// <summary>
    /// A message may be the text of another service's error: <c>{"errors":{"":["the cause"]},…}</c> or <c>{"error":{…}}</c>.
    /// </summary>
    private static string Unwrapped(string message)
    {
        if (!message.StartsWith('{'))
        {
            return message;
        }

        try
        {
            using var document = JsonDocument.Parse(message);
            var root = document.RootElement;
            if (root.TryGetProperty("error", out var error) && IsObject(error))
            {
                return Sentence([.. Causes(error)]);
            }

            if (root.TryGetProperty("errors", out var errors) && IsObject(errors))
            {
                return string.Join(" ", errors.EnumerateObject().SelectMany(entry => Texts(entry.Value)));
            }

            return root.TextOf("message") ?? root.TextOf("Message") ?? root.TextOf("title") ?? message;
        }
        catch (JsonException)
        {
            return message;
        }
    }

    private static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Texts),
        JsonValueKind.String => [value.GetString()!],
        _ => [],
    };

    private static bool IsObject(JsonElement element) => element.ValueKind == JsonValueKind.Object;

    private static string IdsOf(Response response)
    {
        var ids = new List<string>();
        foreach (var (header, name) in (ReadOnlySpan<(string, string)>)
            [("x-ms-request-id", "request"), ("x-ms-correlation-request-id", "correlation")])
        {
            if (response.Headers.TryGetValue(header, out var id))
            {
                ids.Add($"{name} {id}");
            }
        }

        return ids.Count == 0 ? "" : $" [{string.Join(", ", ids)}]";
    }

    private sealed record Cause(string? Code, string Message)
    {
        public override string ToString() => Code is null ? Message : $"{Code}: {Message}";
    }
}
