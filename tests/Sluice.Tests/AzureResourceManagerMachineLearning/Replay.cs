using System.Text.Json.Nodes;

namespace Sluice.Tests.AzureResourceManagerMachineLearning;

/// <summary>
/// Plays a recording back: for each request the next recorded answer to the same method and path. Api-versions are masked in the
/// recordings, and the clients that were recorded asked for more than ours does, so order is kept per method and path only.
/// </summary>
internal static class Replay
{
    public static ScriptedService OfCli(string file) => Of(ReadCli(file));

    public static ScriptedService OfSdk(string file) => Of(ReadSdk(file));

    /// <summary>The exchanges of a recording of the CLI, in order.</summary>
    public static IReadOnlyList<RecordedAnswer> ReadCli(string file) =>
    [
        .. JsonNode.Parse(SharedData.Read("recordings", file))!["interactions"]!.AsArray().Select(interaction => new RecordedAnswer(
            (string)interaction!["request"]!["method"]!,
            new Uri((string)interaction["request"]!["uri"]!),
            (int)interaction["response"]!["status"]!["code"]!,
            (string?)interaction["response"]!["body"]!["string"] ?? "",
            Headers(interaction["response"]!["headers"]!))),
    ];

    /// <summary>The exchanges of a recording of the Python SDK, in order.</summary>
    public static IReadOnlyList<RecordedAnswer> ReadSdk(string file)
    {
        // The mask of the subscription is three digits short, and the SDK takes only a GUID there.
        var text = SharedData.Read("recordings", file).Replace("-000000000/", "-000000000000/", StringComparison.Ordinal);
        return
        [
            .. JsonNode.Parse(text)!["Entries"]!.AsArray().Select(entry => new RecordedAnswer(
                (string)entry!["RequestMethod"]!,
                new Uri((string)entry["RequestUri"]!),
                (int)entry["StatusCode"]!,
                entry["ResponseBody"]?.ToJsonString() ?? "",
                Headers(entry["ResponseHeaders"]!))),
        ];
    }

    /// <summary>The bodies that the recorded client sent with PUT.</summary>
    public static JsonNode[] PutBodiesOfCli(string file) =>
    [
        .. JsonNode.Parse(SharedData.Read("recordings", file))!["interactions"]!.AsArray()
            .Where(interaction => (string)interaction!["request"]!["method"]! == "PUT")
            .Select(interaction => JsonNode.Parse((string)interaction!["request"]!["body"]!)!),
    ];

    private static ScriptedService Of(IEnumerable<RecordedAnswer> answers)
    {
        var service = new ScriptedService();
        foreach (var same in answers.GroupBy(answer => (answer.Method, answer.Uri.AbsolutePath)))
        {
            service.On(
                same.Key.Method,
                same.Key.AbsolutePath,
                [.. same.Select(answer => (Func<SentRequest, HttpResponseMessage>)(_ => answer.Give()))]);
        }

        return service;
    }

    private static (string, string)[] Headers(JsonNode headers) =>
    [
        .. headers.AsObject()
            .Where(header => header.Key.StartsWith("x-ms", StringComparison.OrdinalIgnoreCase)
                || header.Key.ToLowerInvariant() is "location" or "azure-asyncoperation" or "retry-after")
            .Select(header => (header.Key, header.Value is JsonArray values ? (string)values[0]! : (string)header.Value!)),
    ];
}
