using System.Collections.Immutable;
using Sluice.Rollouts.Spec.Reading.Documents;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>
/// Reads an endpoint's file in the schema of <c>az ml online-endpoint create</c>
/// (learn.microsoft.com/azure/machine-learning/reference-yaml-endpoint-online).
/// </summary>
/// <remarks>
/// <c>traffic</c> and <c>mirror_traffic</c> are accepted, because the files that people have and that <c>az ml online-endpoint show</c>
/// writes contain them, and then ignored: who gets how much traffic is what a rollout decides. A note says so.
/// </remarks>
/// <param name="given">What arguments and environment variables say instead.</param>
/// <param name="notes">Takes what is ignored.</param>
internal sealed class EndpointReader(SpecOverrides given, Mistakes notes)
{
    private static readonly Format<AuthMode> AuthModes = Formats.OneOf(
        ("key", AuthMode.Key),
        ("aml_token", AuthMode.AmlToken),
        ("aad_token", AuthMode.AadToken));

    private static readonly Format<bool> IdentityTypes = Formats.OneOf(("system_assigned", false), ("user_assigned", true));

    private static readonly Format<string> IdentityId = Formats.Matching(
        "a user-assigned identity's resource id, /subscriptions/…/userAssignedIdentities/…",
        "(?i)^/subscriptions/[^/]+/resourcegroups/[^/]+/providers/Microsoft.ManagedIdentity/userAssignedIdentities/[^/]+$");

    /// <summary>Reads the document.</summary>
    public EndpointFile Read(MapReader map)
    {
        map.Ignored("$schema", "id", "kind", "location", "provisioning_state", "scoring_uri", "openapi_uri");
        map.NotSupported("only managed endpoints are; leave the key out", "compute");
        foreach (var key in new[] { "traffic", "mirror_traffic" })
        {
            if (!map.Names(key, Formats.Whole(0, 100)).IsEmpty)
            {
                notes.Add(map.KeyPlace(key), $"{key} is not taken over: the rollout decides who gets how much traffic.");
            }
        }

        var name = map.Required("name", Names.Serving, argument: Arguments.Of("--endpoint-name", given.EndpointName));
        return new EndpointFile(
            new EndpointSpec
            {
                Name = name.Value,
                AuthMode = map.OrDefault("auth_mode", AuthModes, AuthMode.Key).Value,
                Description = map.Optional("description", Formats.AnyText)?.Value,
                Tags = map.Names("tags", Formats.AnyText),
                Properties = map.Names("properties", Formats.AnyText),
                PublicNetworkAccess = map.OrDefault("public_network_access", Formats.Enabled, true).Value,
                UserAssignedIdentities = map.Section("identity", ReadIdentity),
            },
            name.IsGood ? (map.Node("name") as SpecScalar)?.Text : null);
    }

    private static ImmutableArray<string> ReadIdentity(MapReader map)
    {
        map.Ignored("principal_id", "tenant_id");
        var isUserAssigned = map.OrDefault("type", IdentityTypes, false);
        var identities = map.List("user_assigned_identities", IdentityId, ReadIdentityId);
        if (isUserAssigned.IsGood && isUserAssigned.Value == identities.IsEmpty)
        {
            map.Mistake(
                "user_assigned_identities",
                isUserAssigned.Value
                    ? $"{map.PathOf("user_assigned_identities")} is missing; allowed with the type user_assigned: a list of resource ids."
                    : $"{map.PathOf("user_assigned_identities")} is written; allowed: only with the type user_assigned.");
        }

        return [.. identities.Select(identity => identity.Value)];
    }

    private static Field<string> ReadIdentityId(MapReader map)
    {
        map.Ignored("client_id", "principal_id");
        return map.Required("resource_id", IdentityId);
    }
}
