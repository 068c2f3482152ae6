using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.Tests.AzureResourceManagerMachineLearning;

namespace Sluice.Tests.Analysis.Bakeoff;

/// <summary>How often a rule of the reference simulation called for a rollback.</summary>
internal static class KayentaReference
{
    public static (double Share, int Runs) Errors(string scenario, double canaryRate, string rule)
    {
        var cell = Read()["errorRate"]!.AsObject().Single(member => member.Key.StartsWith(scenario + " ", StringComparison.Ordinal)).Value!;
        var rate = canaryRate.ToString(CultureInfo.InvariantCulture);
        return (ShareOf(cell["byCanaryErrorRate"]![rate]!, rule), (int)cell["setup"]!["mwReplications"]!);
    }

    public static double Latency(double factor, string rule) => ShareOf(
        Read()["latencyPsiAgreement"]!["latency"]!["byFactor"]![factor.ToString("0.0", CultureInfo.InvariantCulture)]!, rule);

    private static JsonNode Read() => JsonNode.Parse(SharedData.Read("vectors", "bakeoff-simulation.json"))!;

    private static double ShareOf(JsonNode cell, string rule) =>
        (double)cell.AsObject().Single(member => member.Key.StartsWith(rule, StringComparison.Ordinal)).Value!["prob"]!;
}
