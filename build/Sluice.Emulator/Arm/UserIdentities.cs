using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using static Sluice.Emulator.Arm.TypedMembers;

namespace Sluice.Emulator.Arm;

/// <summary>
/// The identities that a person gives to a resource. The service shows each with the ids that it has in the directory; here there is no
/// directory, and they are derived from the identity's resource id, whose case does not count.
/// </summary>
internal static class UserIdentities
{
    /// <summary>The type of an identity that comes and goes with the resource.</summary>
    public const string SystemAssigned = "SystemAssigned";

    /// <summary>The type of identities that a person gives.</summary>
    public const string UserAssigned = "UserAssigned";

    private const string Both = "SystemAssigned,UserAssigned";

    // As Azure.ResourceManager and Terraform write it; the specification of Azure ML has no blank.
    private const string BothWithBlank = "SystemAssigned, UserAssigned";

    private static readonly TypedMembers Members = new(("userAssignedIdentities", Map(Object())));

    /// <summary>Reads an <c>identity</c> as a client writes it; it is emptied.</summary>
    public static JsonObject Read(JsonInput identity)
    {
        var type = identity.TakeChoice("type", SystemAssigned, UserAssigned, Both, BothWithBlank, "None") ?? SystemAssigned;
        var read = Members.ReadKnown(identity);
        read.Insert(0, "type", type == BothWithBlank ? Both : type);
        return read;
    }

    /// <summary>Writes the ids into an <c>identity</c> as a client has sent it.</summary>
    public static JsonObject Shown(JsonObject identity)
    {
        foreach (var (id, _) in (identity["userAssignedIdentities"] as JsonObject ?? []).ToList())
        {
            identity["userAssignedIdentities"]![id] = new JsonObject
            {
                ["principalId"] = Derive("principal", id).ToString(),
                ["clientId"] = Derive("client", id).ToString(),
            };
        }

        return identity;
    }

    private static Guid Derive(string kind, string id) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind} {id.ToUpperInvariant()}")).AsSpan(0, 16));
}
