using System.Collections.Immutable;
using Sluice.Rollouts.Spec.Reading.Documents;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Spec.Reading;

/// <summary>
/// Reads an endpoint's file in the schema of <c>az ml online-endpoint create</c>
/// (learn.microsoft.com/azure/machine-learning/reference-yaml-endpoint-online). The keys are those of the official client
/// (Azure/azure-sdk-for-python, <c>sdk/ml/azure-ai-ml/azure/ai/ml/_schema/_endpoint/online/online_endpoint.py</c>).
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

    private static readonly Format<IdentityKind> IdentityTypes = Formats.OneOf(
        ("system_assigned", IdentityKind.SystemAssigned),
        ("user_assigned", IdentityKind.UserAssigned),
        ("none", IdentityKind.None));

    private static readonly Format<string> Compute = Formats.Matching(
        "azureml:name or azureml:/subscriptions/…/computes/name of an attached Kubernetes cluster",
        "(?i)^azureml:([a-z][a-z0-9-]{0,30}[a-z0-9]|/subscriptions/[^/]+/resourcegroups/[^/]+/providers/"
        + "Microsoft.MachineLearningServices/workspaces/[^/]+/computes/[^/]+)$");

    private static readonly Format<string> IdentityId = Formats.Matching(
        "a user-assigned identity's resource id, /subscriptions/…/userAssignedIdentities/…",
        "(?i)^/subscriptions/[^/]+/resourcegroups/[^/]+/providers/Microsoft.ManagedIdentity/userAssignedIdentities/[^/]+$");

    /// <summary>Reads the document.</summary>
    public EndpointFile Read(MapReader map)
    {
        map.Ignored("$schema", "id", "resourceGroup", "kind", "location", "provisioning_state", "scoring_uri", "openapi_uri");
        var compute = map.Optional("compute", Compute);
        if (compute is not null && map.Has("public_network_access"))
        {
            map.Mistake(
                "public_network_access", "public_network_access is written beside compute; allowed: with managed endpoints only.");
        }

        foreach (var key in new[] { "traffic", "mirror_traffic" })
        {
            if (!map.Names(key, Formats.Whole(0, 100)).IsEmpty)
            {
                notes.Add(map.KeyPlace(key), $"{key} is not taken over: the rollout decides who gets how much traffic.");
            }
        }

        var name = map.Required("name", Names.Serving, argument: given.Argument("--endpoint-name", given.EndpointName));
        var (identity, identities) = map.Section("identity", ReadIdentity);
        return new EndpointFile(
            new EndpointSpec
            {
                Name = name.Value,
                AuthMode = map.OrDefault("auth_mode", AuthModes, AuthMode.Key).Value,
                Compute = compute is { IsGood: true } ? compute.Value["azureml:".Length..] : null,
                Description = map.Optional("description", Formats.AnyText)?.Value,
                Tags = ResourceTags.Read(map, RolloutMark.Names),
                Properties = map.Names("properties", Formats.FreeValue),
                PublicNetworkAccess = map.OrDefault("public_network_access", Formats.Enabled, true).Value,
                Identity = identity,
                UserAssignedIdentities = identities,
            },
            name.IsGood ? (map.Node("name") as SpecScalar)?.Text : null,
            compute);
    }

    private static (IdentityKind Kind, ImmutableArray<string> UserAssigned) ReadIdentity(MapReader map)
    {
        map.Ignored("principal_id", "tenant_id");
        var kind = map.OrDefault("type", IdentityTypes, IdentityKind.SystemAssigned);
        var identities = map.List("user_assigned_identities", IdentityId, ReadIdentityId);
        var isUserAssigned = kind.Value == IdentityKind.UserAssigned;
        if (kind.IsGood && isUserAssigned == identities.IsEmpty)
        {
            map.Mistake(
                "user_assigned_identities",
                isUserAssigned
                    ? $"{map.PathOf("user_assigned_identities")} is missing; allowed with the type user_assigned: a list of resource ids."
                    : $"{map.PathOf("user_assigned_identities")} is written; allowed: only with the type user_assigned.");
        }

        return (kind.Value, [.. identities.Select(identity => identity.Value)]);
    }

    private static Field<string> ReadIdentityId(MapReader map)
    {
        map.Ignored("client_id", "principal_id", "object_id");
        return map.Required("resource_id", IdentityId);
    }
}
