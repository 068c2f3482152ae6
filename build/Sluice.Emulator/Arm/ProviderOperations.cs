using System.Text.Json.Nodes;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Arm;

/// <summary>What can be done with the resource provider (documentation: "Operations - List"), as far as the local Azure ML does it.</summary>
internal static class ProviderOperations
{
    private static readonly string[] Assets =
    [
        ContainerKind.Model.Collection, AssetKind.Code.Collection, AssetKind.Environment.Collection, AssetKind.Data.Collection,
    ];

    private static readonly (string Type, string[] Verbs)[] All =
    [
        ("workspaces", ["read", "write", "listKeys/action", "listStorageAccountKeys/action"]),
        ("workspaces/datastores", ["read", "write", "delete", "listSecrets/action"]),
        .. Assets.SelectMany(assets => new[]
        {
            ($"workspaces/{assets}", new[] { "read", "write", "delete" }),
            ($"workspaces/{assets}/versions", ["read", "write", "delete"]),
        }),
        ("workspaces/onlineEndpoints", ["read", "write", "delete", "listKeys/action", "regenerateKeys/action", "token/action"]),
        ("workspaces/onlineEndpoints/deployments", ["read", "write", "delete", "getLogs/action"]),
        ("workspaces/onlineEndpoints/deployments/skus", ["read"]),
        .. new[] { "usages", "quotas", "vmSizes", "mfeOperationsStatus", "mfeOperationResults" }.Select(type => ($"locations/{type}", new[] { "read" })),
    ];

    /// <summary>Lists the operations.</summary>
    public static Task<ArmReply> List(ArmRequest request) => Task.FromResult(ArmReply.Ok(new JsonObject
    {
        ["value"] = new JsonArray([.. All.SelectMany(of => of.Verbs.Select(verb => Operation(of.Type, verb)))]),
    }));

    private static JsonObject Operation(string type, string verb) => new()
    {
        ["name"] = $"{ArmScope.Provider}/{type}/{verb}",
        ["isDataAction"] = false,
        ["display"] = new JsonObject
        {
            ["provider"] = ArmScope.Provider,
            ["resource"] = type,
            ["operation"] = verb,
            ["description"] = $"{verb} of {type}",
        },
    };
}
