using System.Text.Json;
using System.Text.Json.Nodes;
using static Sluice.Emulator.Arm.TypedMembers;

namespace Sluice.Emulator.Arm;

/// <summary>
/// Reads the <c>properties</c> of datastores as clients write them. Kinds, members and what is needed are those of Azure's REST
/// specification (2023-10-01 and later, with those of its previews): a datastore of no known kind would break the typed clients on every list that it is in.
/// <c>isDefault</c> is read-only there, so that what a client sends for it has no effect.
/// </summary>
internal static class DatastoreReader
{
    private static readonly TypedMembers Storage = ResourceBase.And(
        ("subscriptionId", Text),
        ("resourceGroup", Text),
        ("endpoint", Text),
        ("protocol", Text),
        ("serviceDataAccessAuthIdentity", Choice("None", "WorkspaceSystemAssignedIdentity", "WorkspaceUserAssignedIdentity")));

    private static readonly Dictionary<string, TypedMembers> Kinds = new()
    {
        ["AzureBlob"] = Storage.And(("accountName", Text), ("containerName", Text)),
        ["AzureDataLakeGen1"] = Storage.And(("storeName", RequiredText)),
        ["AzureDataLakeGen2"] = Storage.And(("accountName", RequiredText), ("filesystem", RequiredText)),
        ["AzureFile"] = Storage.And(("accountName", RequiredText), ("fileShareName", RequiredText)),
        ["OneLake"] = Storage.And(("oneLakeWorkspaceName", RequiredText)),
        ["Hdfs"] = ResourceBase.And(("nameNodeAddress", RequiredText)),
    };

    private static readonly Dictionary<string, TypedMembers> CredentialKinds = new()
    {
        ["AccountKey"] = new(),
        ["Certificate"] = new(("clientId", RequiredText), ("tenantId", RequiredText), ("thumbprint", RequiredText)),
        ["None"] = new(),
        ["Sas"] = new(),
        ["ServicePrincipal"] = new(("clientId", RequiredText), ("tenantId", RequiredText)),
        ["KerberosKeytab"] = new(),
        ["KerberosPassword"] = new(),
    };

    /// <summary>Reads the body of a PUT; it is emptied.</summary>
    /// <param name="body">The body.</param>
    /// <param name="secrets">The secrets, which no answer but that of <c>listSecrets</c> shows; null where none were sent.</param>
    /// <exception cref="Workspaces.RefusedException">A member is of another type than the specification's, or one that is needed is missing.</exception>
    public static JsonElement Read(JsonInput body, out JsonElement? secrets)
    {
        var properties = body.TakeRequiredObject("properties");
        var credentials = properties.TakeRequiredObject("credentials");
        secrets = credentials.TakeObject("secrets")?.Rest();
        properties.Drop("isDefault");
        var content = OfKind("datastoreType", Kinds, properties);
        content["credentials"] = OfKind("credentialsType", CredentialKinds, credentials);
        return ArmJson.Keep(content);
    }

    private static JsonObject OfKind(string discriminator, Dictionary<string, TypedMembers> kinds, JsonInput input)
    {
        var kind = input.TakeRequiredChoice(discriminator, [.. kinds.Keys]);
        var read = kinds[kind].Read(input);
        read.Insert(0, discriminator, kind);
        return read;
    }
}
