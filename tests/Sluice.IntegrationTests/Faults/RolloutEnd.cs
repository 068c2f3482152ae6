using System.Net;
using Sluice.IntegrationTests.Emulator;

namespace Sluice.IntegrationTests.Faults;

/// <summary>Where a whole rollout of the shipped configuration has to end, from an empty workspace to the clean-up.</summary>
internal static class RolloutEnd
{
    private const string Name = "heart-classifier";

    /// <summary>What is wrong with the end of a rollout; null when nothing is.</summary>
    public static async Task<string?> FaultAsync(RunningEmulator emulator)
    {
        var endpoint = (await emulator.Arm.GetAsync($"onlineEndpoints/{Name}")).Json;
        var deployments = (await emulator.Arm.GetAsync($"onlineEndpoints/{Name}/deployments")).Json["value"]!.AsArray();
        var versions = (await emulator.Arm.GetAsync($"models/{Name}/versions")).Json["value"]!.AsArray();
        var found = string.Join(
            "; ",
            $"traffic {endpoint["properties"]!["traffic"]!.ToJsonString()}",
            $"deployments {string.Join(",", deployments.Select(each => $"{each!["name"]} {each["properties"]!["provisioningState"]}"))}",
            $"versions {string.Join(",", versions.Select(each => (string?)each!["name"]).Order(StringComparer.Ordinal))}",
            $"tag {(string?)endpoint["tags"]!["model"]}, status {(string?)endpoint["tags"]!["sluice-status"]}",
            $"scores {await FaultOfScoringAsync(emulator) ?? "200"}");
        const string Right =
            """traffic {"green-2":100}; deployments green-2 Succeeded; versions 1,2; """
            + "tag heart-classifier, status completed; scores 200";
        return found == Right ? null : $"found {found}";
    }

    /// <summary>What is wrong with the answer to a caller of the endpoint; null when nothing is.</summary>
    public static async Task<string?> FaultOfScoringAsync(RunningEmulator emulator)
    {
        var (status, _, body) = await HeartEndpoint.ScoreAsync(emulator, path: $"onlineEndpoints/{Name}");
        return status == HttpStatusCode.OK ? null : $"{(int)status} {body}";
    }
}
