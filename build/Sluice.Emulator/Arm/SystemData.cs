using System.Text.Json.Nodes;

namespace Sluice.Emulator.Arm;

/// <summary>Who made and changed a resource, and when.</summary>
internal static class SystemData
{
    private const string User = "Local User";

    /// <summary>As endpoints and deployments have it.</summary>
    public static JsonObject Tracked(DateTimeOffset created, DateTimeOffset modified) => new()
    {
        ["createdAt"] = WireTime.Zulu(created),
        ["createdBy"] = User,
        ["lastModifiedAt"] = WireTime.Zulu(modified),
    };

    /// <summary>As models, datastores and workspaces have it.</summary>
    public static JsonObject Asset(DateTimeOffset created, DateTimeOffset modified) => new()
    {
        ["createdAt"] = WireTime.Offset(created),
        ["createdBy"] = User,
        ["createdByType"] = "User",
        ["lastModifiedAt"] = WireTime.Offset(modified),
        ["lastModifiedBy"] = User,
        ["lastModifiedByType"] = "User",
    };
}
