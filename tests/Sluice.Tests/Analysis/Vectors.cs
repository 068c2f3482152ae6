using System.Text.Json.Nodes;
using Sluice.Tests.AzureResourceManagerMachineLearning;

namespace Sluice.Tests.Analysis;

/// <summary>Numbers that others computed from the same formulas; a test that asks for them is ignored where they are missing.</summary>
internal static class Vectors
{
    public static JsonObject Read(string file) => JsonNode.Parse(SharedData.Read("vectors", file))!.AsObject();

    public static IReadOnlyList<JsonNode> Read(string file, string member) => [.. Read(file)[member]!.AsArray().Select(node => node!)];

    public static double Number(this JsonNode node, string member) => node[member]!.GetValue<double>();

    public static double[] Numbers(this JsonNode node, string member) =>
        [.. node[member]!.AsArray().Select(number => number!.GetValue<double>())];
}
