using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Arm;

/// <summary>Reads an endpoint as a client writes it.</summary>
internal static class EndpointReader
{
    private const string SystemAssigned = "SystemAssigned";
    private const string UserAssigned = "UserAssigned";
    private const string Both = "SystemAssigned,UserAssigned";

    // As Azure.ResourceManager and Terraform write it; the specification of Azure ML has no blank.
    private const string BothWithBlank = "SystemAssigned, UserAssigned";

    /// <summary>The service's own entries in <c>properties.properties</c>; clients send them back.</summary>
    public static IReadOnlyList<string> OwnProperties { get; } = ["azureml.onlineendpointid", "AzureAsyncOperationUri"];

    /// <summary>Reads the body of a PUT.</summary>
    /// <param name="body">The body; it is emptied.</param>
    /// <param name="keys">The keys that the client wants the endpoint to begin with; null where the service is to draw one.</param>
    public static EndpointContent Read(JsonInput body, out (string? Primary, string? Secondary) keys)
    {
        var location = Locations.Read(body);
        var properties = body.TakeRequiredObject("properties");
        keys = ReadKeys(properties);
        var authMode = properties.TakeRequiredChoice("authMode", AuthModes.Key, AuthModes.AmlToken, AuthModes.AadToken);
        foreach (var readOnly in new[] { "provisioningState", "scoringUri", "swaggerUri" })
        {
            properties.Drop(readOnly);
        }

        return new EndpointContent(
            location,
            authMode,
            properties.TakeChoice("publicNetworkAccess", "Enabled", "Disabled") ?? "Enabled",
            properties.TakeText("compute") is { Length: > 0 } compute ? compute : null,
            properties.TakeText("description"),
            properties.TakeIntegers("traffic"),
            properties.TakeIntegers("mirrorTraffic"),
            body.TakeTags("tags") ?? ArmJson.Empty,
            ReadIdentity(body) ?? Identity(SystemAssigned, ArmJson.Empty),
            body.TakeObject("sku")?.Rest(),
            ReadCustom(properties),
            properties.Rest());
    }

    /// <summary>Reads the body of a PATCH: tags, identity and sku; everything else is ignored, as the service does.</summary>
    public static EndpointContent Patch(JsonInput body, EndpointContent content) => content with
    {
        Tags = body.TakeTags("tags") ?? content.Tags,
        Identity = ReadIdentity(body) ?? content.Identity,
        Sku = body.TakeObject("sku")?.Rest() ?? content.Sku,
    };

    private static (string? Primary, string? Secondary) ReadKeys(JsonInput properties) =>
        properties.TakeObject("keys") is { } keys ? (ReadKey(keys, "primaryKey"), ReadKey(keys, "secondaryKey")) : (null, null);

    private static string? ReadKey(JsonInput keys, string name) => keys.TakeText(name) is { Length: > 0 } key ? key : null;

    private static JsonElement ReadCustom(JsonInput properties)
    {
        if (properties.TakeObject("properties") is not { } custom)
        {
            return ArmJson.Empty;
        }

        foreach (var own in OwnProperties)
        {
            custom.Drop(own);
        }

        return custom.Rest();
    }

    private static JsonElement? ReadIdentity(JsonInput body)
    {
        if (body.TakeObject("identity") is not { } identity)
        {
            return null;
        }

        var type = identity.TakeChoice("type", SystemAssigned, UserAssigned, Both, BothWithBlank, "None") ?? SystemAssigned;
        identity.Drop("principalId");
        identity.Drop("tenantId");
        var rest = identity.Rest();
        if (type == UserAssigned && !NamesIdentity(rest))
        {
            // Recorded (terraform-provider-azurerm#17082).
            throw Refuse.BadRequest("MissingIdentityIds", $"The identity ids must not be null or empty for '{type}' identity type.");
        }

        return Identity(type == BothWithBlank ? Both : type, rest);
    }

    private static bool NamesIdentity(JsonElement identity) =>
        identity.TryGetProperty("userAssignedIdentities", out var ids) && ids.ValueKind == JsonValueKind.Object && ids.EnumerateObject().Any();

    private static JsonElement Identity(string type, JsonElement rest)
    {
        var identity = new JsonObject { ["type"] = type };
        foreach (var member in rest.EnumerateObject())
        {
            identity[member.Name] = ArmJson.Node(member.Value);
        }

        return ArmJson.Keep(identity);
    }
}
