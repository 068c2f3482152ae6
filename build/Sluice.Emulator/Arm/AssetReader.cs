using System.Text.Json;
using System.Text.Json.Nodes;
using static Sluice.Emulator.Arm.TypedMembers;

namespace Sluice.Emulator.Arm;

/// <summary>
/// Reads the <c>properties</c> of assets and of their containers as clients write them. The types are those of Azure's REST specification,
/// 2023-10-01 and later (<c>ResourceBase</c>, <c>AssetBase</c> and what derives from them): an asset that had another one would break the typed clients
/// on every list that it is in.
/// </summary>
/// <param name="container">The members of a container.</param>
/// <param name="version">The members of a version.</param>
internal sealed class AssetReader(TypedMembers container, TypedMembers version)
{
    private static readonly TypedMembers Asset = ResourceBase.And(
        ("isAnonymous", Flag), ("autoDeleteSetting", Object(("condition", Choice("CreatedGreaterThan", "LastAccessedGreaterThan")), ("value", Text))));

    private static readonly (string, Func<JsonInput, string, JsonNode?>) DataType =
        ("dataType", Choice("uri_file", "uri_folder", "mltable"));

    private static readonly (string, Func<JsonInput, string, JsonNode?>)[] Route = [("path", Text), ("port", Integer)];

    /// <summary>Models. What a version has of its own beside these is in <see cref="ModelVersionHandlers"/>.</summary>
    public static AssetReader Model { get; } = new(
        ResourceBase,
        Asset.And(
            ("flavors", Map(Object(("data", Texts)))),
            ("jobName", Text),
            ("intellectualProperty", Object(("publisher", Text), ("protectionLevel", Choice("All", "None"))))));

    /// <summary>Code.</summary>
    public static AssetReader Code { get; } = new(ResourceBase, Asset.And(("codeUri", Uri)));

    /// <summary>Environments.</summary>
    public static AssetReader Environment { get; } = new(
        ResourceBase,
        Asset.And(
            ("image", Text),
            ("build", Object(("contextUri", RequiredText), ("dockerfilePath", Text))),
            ("condaFile", Text),
            ("osType", Choice("Linux", "Windows")),
            ("environmentType", Choice("Curated", "UserCreated")),
            ("autoRebuild", Choice("Disabled", "OnBaseImageUpdate")),
            ("stage", Text),
            ("inferenceConfig", Object(("livenessRoute", Object(Route)), ("readinessRoute", Object(Route)), ("scoringRoute", Object(Route))))));

    /// <summary>Data.</summary>
    public static AssetReader Data { get; } = new(ResourceBase.And(DataType), Asset.And(DataType, ("dataUri", Uri), ("referencedUris", TextList)));

    /// <summary>Reads a container; the input is emptied.</summary>
    /// <exception cref="Workspaces.RefusedException">A member is of another type than the specification's.</exception>
    public JsonElement ReadContainer(JsonInput properties) => ArmJson.Keep(container.Read(properties));

    /// <summary>Reads a version; the input is emptied.</summary>
    /// <exception cref="Workspaces.RefusedException">A member is of another type than the specification's.</exception>
    public JsonElement ReadVersion(JsonInput properties) => ArmJson.Keep(version.Read(properties));
}
