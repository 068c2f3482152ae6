using System.Net;
using System.Text.Json.Nodes;
using Sluice.IntegrationTests.Emulator;
using Sluice.Rollouts.Planning;

namespace Sluice.IntegrationTests.Faults;

/// <summary>What a whole rollout of the shipped configuration, from an empty workspace to the clean-up, leaves behind.</summary>
internal static class Leftovers
{
    public const string Endpoint = "heart-classifier";
    public const string Stable = "default";
    public const string Candidate = "green-2";

    /// <summary>What is wrong with what a good end has left; null when nothing is.</summary>
    /// <param name="emulator">Where it was left.</param>
    /// <param name="outcome">Done or rolled back.</param>
    public static async Task<string?> FaultAsync(RunningEmulator emulator, Outcome outcome)
    {
        var endpoint = (await emulator.Arm.GetAsync($"onlineEndpoints/{Endpoint}")).Json;
        var deployments = (await emulator.Arm.GetAsync($"onlineEndpoints/{Endpoint}/deployments")).Json["value"]!.AsArray();
        var versions = (await emulator.Arm.GetAsync($"models/{Endpoint}/versions")).Json["value"]!.AsArray();
        var found = string.Join(
            "; ",
            $"traffic {endpoint["properties"]!["traffic"]!.ToJsonString()}",
            $"deployments {string.Join(",", deployments.Select(Words).Order(StringComparer.Ordinal))}",
            $"versions {string.Join(",", versions.Select(each => (string?)each!["name"]).Order(StringComparer.Ordinal))}",
            $"tag {(string?)endpoint["tags"]!["model"]}, status {(string?)endpoint["tags"]!["sluice-status"]}",
            $"scores {await FaultOfScoringAsync(emulator) ?? "200"}");
        var (serves, left, status) = outcome == Outcome.Done
            ? (Candidate, $"{Candidate} Succeeded", "completed")
            : (Stable, $"{Stable} Succeeded,{Candidate} Succeeded", "rolled-back");
        var right = $$"""traffic {"{{serves}}":100}; deployments {{left}}; versions 1,2; tag heart-classifier, status {{status}}; scores 200""";
        return found == right ? null : $"found {found}";
    }

    /// <summary>What is wrong with the answer to a caller of the endpoint; null when nothing is.</summary>
    public static async Task<string?> FaultOfScoringAsync(RunningEmulator emulator)
    {
        var (status, _, body) = await HeartEndpoint.ScoreAsync(emulator, path: $"onlineEndpoints/{Endpoint}");
        return status == HttpStatusCode.OK ? null : $"{(int)status} {body}";
    }

    private static string Words(JsonNode? deployment) => $"{deployment!["name"]} {deployment["properties"]!["provisioningState"]}";
}
