using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Sluice.Emulator.Arm;

/// <summary>
/// The identities that a person gives to a resource. The service shows each with the ids that it has in the directory; here there is no
/// directory, and they are derived from the identity's resource id, whose case does not count.
/// </summary>
internal static class UserIdentities
{
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
