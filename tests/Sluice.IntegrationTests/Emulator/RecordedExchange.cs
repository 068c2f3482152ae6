using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.IntegrationTests.Emulator;

/// <summary>An exchange with the real service, from the recordings beside the repository.</summary>
internal sealed record RecordedExchange(
    string Method, string Path, string Query, JsonNode? Request, int Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    // What the wire, not the service, adds, and the one header that would outlive a local server in a browser.
    private static readonly string[] Transport = ["content-length", "transfer-encoding", "vary", "date", "content-encoding", "server-timing", "strict-transport-security"];

    /// <summary>The client asks how far an operation is.</summary>
    public bool IsPoll => Path.Contains("/mfeOperationsStatus/", StringComparison.Ordinal);

    /// <summary>The answer's document.</summary>
    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>The exchanges of a recording in order; ignores the test when the recordings are not there.</summary>
    public static IReadOnlyList<RecordedExchange> Read(string file)
    {
        var path = System.IO.Path.Combine(Repository.Root, "..", "shared", "data", "recordings", file);
        if (!File.Exists(path))
        {
            Assert.Ignore($"The recording {file} is not on this machine.");
        }

        var recording = JsonNode.Parse(File.ReadAllText(path))!;
        return recording["interactions"] is JsonArray interactions
            ? [.. interactions.Select(exchange => OfCli(exchange!))]
            : [.. recording["Entries"]!.AsArray().Select(exchange => OfSdk(exchange!))];
    }

    /// <summary>The paths of all members of a document, in the order of the wire.</summary>
    public static IEnumerable<string> Members(JsonNode? node, string path = "") => node switch
    {
        JsonObject found => found.SelectMany(member => Members(member.Value, $"{path}/{member.Key}").Prepend($"{path}/{member.Key}")),
        JsonArray found => found.SelectMany(item => Members(item, $"{path}[]")).Distinct(),
        _ => [],
    };

    // The tests of az hide the version, which is that of its endpoints.
    private static RecordedExchange OfCli(JsonNode exchange) => new(
        (string)exchange["request"]!["method"]!,
        new Uri((string)exchange["request"]!["uri"]!).AbsolutePath,
        new Uri((string)exchange["request"]!["uri"]!).Query.Replace("0000-00-00", "2022-02-01-preview", StringComparison.Ordinal),
        (string?)exchange["request"]!["body"] is { } body ? JsonNode.Parse(body) : null,
        (int)exchange["response"]!["status"]!["code"]!,
        (string)exchange["response"]!["body"]!["string"]!,
        HeadersOf(exchange["response"]!["headers"]!));

    private static RecordedExchange OfSdk(JsonNode exchange) => new(
        (string)exchange["RequestMethod"]!,
        new Uri((string)exchange["RequestUri"]!).AbsolutePath,
        new Uri((string)exchange["RequestUri"]!).Query,
        exchange["RequestBody"]?.DeepClone(),
        (int)exchange["StatusCode"]!,
        exchange["ResponseBody"]?.ToJsonString() ?? "",
        HeadersOf(exchange["ResponseHeaders"]!));

    /// <summary>The kinds of value at each path of a document; null says nothing about a kind.</summary>
    public static IEnumerable<(string Path, JsonValueKind Kind)> Kinds(JsonNode? node, string path = "") => node switch
    {
        JsonObject found => found.SelectMany(member => Kinds(member.Value, $"{path}/{member.Key}")).Prepend((path, JsonValueKind.Object)),
        JsonArray found => found.SelectMany(item => Kinds(item, $"{path}[]")).Prepend((path, JsonValueKind.Array)),
        null => [],
        _ => [(path, node.GetValueKind() == JsonValueKind.False ? JsonValueKind.True : node.GetValueKind())],
    };

    // Header values are arrays in one of the two forms of recording.
    private static Dictionary<string, string> HeadersOf(JsonNode headers) => headers.AsObject()
        .Where(header => !Transport.Contains(header.Key.ToLowerInvariant()))
        .ToDictionary(
            header => header.Key,
            header => header.Value is JsonArray values ? string.Join(", ", values.Select(value => (string?)value)) : (string?)header.Value ?? "",
            StringComparer.OrdinalIgnoreCase);
}
