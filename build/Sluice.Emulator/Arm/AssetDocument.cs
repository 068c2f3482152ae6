using System.Globalization;
using System.Text.Json.Nodes;

namespace Sluice.Emulator.Arm;

/// <summary>What the documents of models, code, environments and data, and of their versions, have in common.</summary>
internal static class AssetDocument
{
    /// <summary>The members that every asset has, in the order of the wire; what its kind has besides comes behind them.</summary>
    /// <param name="sent">What the client sent.</param>
    /// <param name="isArchived">Whether lists leave it out.</param>
    public static JsonObject Properties(JsonObject sent, bool isArchived) => new()
    {
        ["description"] = sent["description"]?.DeepClone(),
        ["tags"] = sent["tags"]?.DeepClone() ?? new JsonObject(),
        ["properties"] = sent["properties"]?.DeepClone() ?? new JsonObject(),
        ["isArchived"] = isArchived,
    };

    /// <summary>Adds what the client sent and nothing above it has named.</summary>
    public static void Append(JsonObject properties, JsonObject sent)
    {
        foreach (var (name, value) in sent.Where(member => !properties.ContainsKey(member.Key)))
        {
            properties[name] = value?.DeepClone();
        }
    }

    /// <summary>The version that the service proposes: one above the highest number, 1 where there is none.</summary>
    public static string NextVersion(IEnumerable<string> versions) => (versions
        .Select(version => long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
        .DefaultIfEmpty(0)
        .Max() + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>The answer to a version's PUT: 201 with its address where it is new.</summary>
    public static ArmReply Answer(ArmRequest request, JsonObject document, bool isNew) => isNew
        ? ArmReply.Created(document, ("Location", $"{request.Root}{document["id"]}?{ArmPipeline.ApiVersion}={request.ApiVersion}"))
        : ArmReply.Ok(document);
}
