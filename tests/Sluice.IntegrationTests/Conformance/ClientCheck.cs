using System.Text.Json.Nodes;

namespace Sluice.IntegrationTests.Conformance;

/// <summary>One line of a script: what was found, and what it has to equal or to lie between.</summary>
/// <param name="Name">What is checked, in a sentence.</param>
/// <param name="Found">What the service answered.</param>
/// <param name="Expected">What it has to answer; null in a check of a range.</param>
/// <param name="AtLeast">The range's beginning; null in a check of a value.</param>
/// <param name="AtMost">The range's end; null in a check of a value.</param>
internal sealed record ClientCheck(string Name, JsonNode? Found, JsonNode? Expected, double? AtLeast, double? AtMost)
{
    public static ClientCheck Of(JsonNode line) =>
        new((string)line["check"]!, line["found"], line["expected"], (double?)line["atLeast"], (double?)line["atMost"]);

    /// <summary>Asserts it.</summary>
    public void Hold()
    {
        if (AtLeast is { } from && AtMost is { } to)
        {
            Assert.That((double)Found!, Is.InRange(from, to), Name);
        }
        else
        {
            Assert.That(Text(Found), Is.EqualTo(Text(Expected)), Name);
        }
    }

    // The order of an object's members says nothing: clients sort them as they like.
    private static string Text(JsonNode? node) => node switch
    {
        JsonObject found => $"{{{string.Join(',', found.Select(m => $"\"{m.Key}\":{Text(m.Value)}").Order(StringComparer.Ordinal))}}}",
        JsonArray found => $"[{string.Join(',', found.Select(Text))}]",
        null => "null",
        _ => node.ToJsonString(),
    };
}
