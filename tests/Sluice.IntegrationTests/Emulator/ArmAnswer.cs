using System.Net;
using System.Text.Json.Nodes;

namespace Sluice.IntegrationTests.Emulator;

/// <summary>What came back, read to its end.</summary>
internal sealed record ArmAnswer(HttpStatusCode Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string? ErrorCode => (string?)Json["error"]?["code"];

    /// <summary>The message of the error and of its first detail.</summary>
    public string ErrorMessage =>
        $"{(string?)Json["error"]?["message"]} {(string?)(Json["error"]?["details"] as JsonArray)?.FirstOrDefault()?["message"]}";

    public static async Task<ArmAnswer> ReadAsync(HttpResponseMessage response) => new(
        response.StatusCode,
        await response.Content.ReadAsStringAsync(),
        response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
