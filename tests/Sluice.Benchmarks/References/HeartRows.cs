using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sluice.Benchmarks.Figures;

namespace Sluice.Benchmarks.References;

/// <summary>Rows for the repository's models: the probe rows of its configuration, from the first one again when they are used up.</summary>
/// <param name="Columns">The columns' names.</param>
/// <param name="Rows">The rows.</param>
internal sealed record HeartRows(ImmutableArray<string> Columns, ImmutableArray<JsonArray> Rows)
{
    /// <summary>So many rows.</summary>
    public static HeartRows Take(Ground ground, int count) => Take(Path.Combine(ground.Checkout, "config", "requests.json"), count);

    /// <summary>So many rows of a file.</summary>
    public static HeartRows Take(string file, int count)
    {
        var probes = JsonNode.Parse(File.ReadAllText(file))!;
        var rows = probes["data"]!.AsArray();
        return new(
            [.. probes["columns"]!.AsArray().Select(name => (string)name!)],
            [.. Enumerable.Range(0, count).Select(row => rows[row % rows.Count]!.AsArray())]);
    }

    /// <summary>The request that has them scored.</summary>
    public string ToRequest() => new JsonObject
    {
        ["input_data"] = new JsonObject
        {
            ["columns"] = new JsonArray([.. Columns.Select(name => (JsonNode)name)]),
            ["index"] = new JsonArray([.. Enumerable.Range(0, Rows.Length).Select(row => (JsonNode)row)]),
            ["data"] = new JsonArray([.. Rows.Select(row => row.DeepClone())]),
        },
    }.ToJsonString();
}
