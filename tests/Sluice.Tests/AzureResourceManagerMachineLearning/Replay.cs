using System.Text.Json.Nodes;

namespace Sluice.Tests.AzureResourceManagerMachineLearning;

/// <summary>
/// Plays a recording back: for each request the next recorded answer to the same method and path. Api-versions are masked in the
/// recordings, and the clients that were recorded asked for more than ours does, so order is kept per method and path only.
/// </summary>
internal static class Replay
{
    public static ScriptedService OfCli(string file)
    {
        var interactions = JsonNode.Parse(SharedData.Read("recordings", file))!["interactions"]!.AsArray();
        return Of(interactions.Select(interaction => (
            Method: (string)interaction!["request"]!["method"]!,
            Uri: (string)interaction["request"]!["uri"]!,
            Status: (int)interaction["response"]!["status"]!["code"]!,
            Body: (string?)interaction["response"]!["body"]!["string"] ?? "",
            Headers: Headers(interaction["response"]!["headers"]!))));
    }

    public static ScriptedService OfSdk(string file)
    {
        // The mask of the subscription is three digits short, and the SDK takes only a GUID there.
        var text = SharedData.Read("recordings", file).Replace("-000000000/", "-000000000000/", StringComparison.Ordinal);
        var entries = JsonNode.Parse(text)!["Entries"]!.AsArray();
        return Of(entries.Select(entry => (
            Method: (string)entry!["RequestMethod"]!,
            Uri: (string)entry["RequestUri"]!,
            Status: (int)entry["StatusCode"]!,
            Body: entry["ResponseBody"]?.ToJsonString() ?? "",
            Headers: Headers(entry["ResponseHeaders"]!))));
    }

    /// <summary>The bodies that the recorded client sent with PUT.</summary>
    public static JsonNode[] PutBodiesOfCli(string file) =>
    [
        .. JsonNode.Parse(SharedData.Read("recordings", file))!["interactions"]!.AsArray()
            .Where(interaction => (string)interaction!["request"]!["method"]! == "PUT")
            .Select(interaction => JsonNode.Parse((string)interaction!["request"]!["body"]!)!),
    ];

    private static ScriptedService Of(
        IEnumerable<(string Method, string Uri, int Status, string Body, (string, string)[] Headers)> exchanges)
    {
        var service = new ScriptedService();
        foreach (var same in exchanges.GroupBy(exchange => (exchange.Method, new Uri(exchange.Uri).AbsolutePath)))
        {
            service.On(
                same.Key.Method,
                same.Key.AbsolutePath,
                [.. same.Select(exchange => (Func<SentRequest, HttpResponseMessage>)(_ =>
                    ScriptedService.Answer(exchange.Status, exchange.Body, exchange.Headers)))]);
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
