using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Tests.AzureResourceManagerMachineLearning;

/// <summary>A value in a JSON body with the way to it. What is null or empty has no value, and is none.</summary>
/// <param name="Steps">The names and, in arrays, the positions that lead to it.</param>
/// <param name="Value">The value.</param>
internal sealed record JsonLeaf(IReadOnlyList<string> Steps, JsonValue Value)
{
    /// <summary>The way as text.</summary>
    public string Path => string.Join('.', Steps);

    /// <summary>The value as text: words without quotes, numbers and truths as JSON has them.</summary>
    public string Text => Value.GetValueKind() == JsonValueKind.String ? Value.GetValue<string>() : Value.ToJsonString();

    /// <summary>All values of a body.</summary>
    public static IEnumerable<JsonLeaf> Of(JsonNode? node, params string[] steps) => node switch
    {
        JsonObject members => members.SelectMany(member => Of(member.Value, [.. steps, member.Key])),
        JsonArray items => items.SelectMany((item, index) => Of(item, [.. steps, $"{index}"])),
        JsonValue value => [new JsonLeaf(steps, value)],
        _ => [],
    };
}
