using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Emulator.Workspaces;
using static Sluice.Emulator.Arm.TypedMembers;

namespace Sluice.Emulator.Arm;

/// <summary>
/// Reads an endpoint as a client writes it. Members and their types are those of Azure's REST specification from 2022-02-01-preview to today
/// (<c>OnlineEndpointProperties</c>); what no version has is not kept, as the service answers with what it has read.
/// </summary>
internal static class EndpointReader
{
    private static readonly TypedMembers Sku = new(
        ("name", Text), ("tier", Choice("Free", "Basic", "Standard", "Premium")), ("size", Text), ("family", Text), ("capacity", Integer));

    /// <summary>The service's own entries in <c>properties.properties</c>; clients send them back.</summary>
    public static IReadOnlyList<string> OwnProperties { get; } = ["azureml.onlineendpointid", "AzureAsyncOperationUri"];

    private static readonly Func<JsonInput, string, JsonNode?> Custom = TextsBeside(OwnProperties);

    /// <summary>Reads the body of a PUT.</summary>
    /// <param name="body">The body; it is emptied.</param>
    /// <param name="keys">The keys that the client wants the endpoint to begin with; null where the service is to draw one.</param>
    public static EndpointContent Read(JsonInput body, out (string? Primary, string? Secondary) keys)
    {
        var location = Locations.Read(body);
        var properties = body.TakeRequiredObject("properties");
        keys = ReadKeys(properties);
        var authMode = properties.TakeRequiredChoice("authMode", AuthModes.Key, AuthModes.AmlToken, AuthModes.AadToken);
        return new EndpointContent(
            location,
            authMode,
            properties.TakeChoice("publicNetworkAccess", "Enabled", "Disabled") ?? "Enabled",
            properties.TakeText("compute") is { Length: > 0 } compute ? compute : null,
            properties.TakeText("description"),
            properties.TakeIntegers("traffic"),
            properties.TakeIntegers("mirrorTraffic"),
            body.TakeTags("tags") ?? ArmJson.Empty,
            ReadIdentity(body) ?? ArmJson.Keep(new JsonObject { ["type"] = UserIdentities.SystemAssigned }),
            ReadSku(body),
            ArmJson.Keep(Custom(properties, "properties")?.AsObject() ?? []));
    }

    /// <summary>Reads the body of a PATCH: tags, identity and sku; everything else is ignored, as the service does.</summary>
    public static EndpointContent Patch(JsonInput body, EndpointContent content) => content with
    {
        Tags = body.TakeTags("tags") ?? content.Tags,
        Identity = ReadIdentity(body) ?? content.Identity,
        Sku = ReadSku(body) ?? content.Sku,
    };

    private static (string? Primary, string? Secondary) ReadKeys(JsonInput properties) =>
        properties.TakeObject("keys") is { } keys ? (ReadKey(keys, "primaryKey"), ReadKey(keys, "secondaryKey")) : (null, null);

    private static string? ReadKey(JsonInput keys, string name) => keys.TakeText(name) is { Length: > 0 } key ? key : null;

    private static JsonElement? ReadSku(JsonInput body) => body.TakeObject("sku") is { } sku ? ArmJson.Keep(Sku.ReadKnown(sku)) : null;

    private static JsonElement? ReadIdentity(JsonInput body)
    {
        if (body.TakeObject("identity") is not { } sent)
        {
            return null;
        }

        var identity = UserIdentities.Read(sent);
        return (string?)identity["type"] != UserIdentities.UserAssigned || identity["userAssignedIdentities"] is JsonObject { Count: > 0 }
            ? ArmJson.Keep(identity)

            // Recorded (terraform-provider-azurerm#17082).
            : throw Refuse.BadRequest(
                "MissingIdentityIds", $"The identity ids must not be null or empty for '{UserIdentities.UserAssigned}' identity type.");
    }
}
