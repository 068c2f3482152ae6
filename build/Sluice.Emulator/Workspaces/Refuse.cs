using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sluice.Emulator.Workspaces;

/// <summary>The refusals of ARM and of the resource provider, by cause. Texts that are on public record are used as they are.</summary>
internal static class Refuse
{
    private const string Namespace = "Microsoft.MachineLearningServices/workspaces";

    /// <summary>A tracked resource is not there (recorded text).</summary>
    public static RefusedException ResourceNotFound(string resourceGroup, string path) => new(
        404,
        "ResourceNotFound",
        $"The Resource '{Namespace}/{path}' under resource group '{resourceGroup}' was not found. "
        + "For more details please go to https://aka.ms/ARMResourceNotFoundFix",
        RefusedBy.Gateway);

    /// <summary>The parent of a nested resource is not there.</summary>
    public static RefusedException ParentNotFound(string parentPath) => new(
        404,
        "ParentResourceNotFound",
        $"Failed to perform operation on nested resource. The parent resource '{Namespace}/{parentPath}' could not be found.",
        RefusedBy.Gateway);

    /// <summary>An asset, which ARM does not track, is not there.</summary>
    public static RefusedException AssetNotFound(string detailCode, string detail) =>
        new(404, "UserError", "The specified resource was not found.", RefusedBy.Provider, detailCode, detail);

    /// <summary>The resource provider's own validation failed.</summary>
    public static RefusedException Invalid(string detail) => new(
        400,
        "BadRequest",
        "The request is invalid.",
        RefusedBy.Provider,
        "InferencingClientCallFailed",
        $$"""{"errors":{"":[{{Json(detail)}}]},"title":"One or more validation errors occurred.","status":400}""");

    /// <summary>A member of an asset breaks a rule.</summary>
    public static RefusedException InvalidAsset(string message) => new(400, "UserError", message, RefusedBy.Provider);

    /// <summary>A version is already registered with files in another place.</summary>
    public static RefusedException AssetMoved() => InvalidAsset("Asset paths cannot be updated.");

    /// <summary>
    /// A version of an environment is already registered with another image, build or conda file: 409 with this text (public reports of
    /// <c>az ml</c>). The official client then goes on with what is registered, or with the next version; with a 400 it would give up.
    /// </summary>
    public static RefusedException EnvironmentRegistered(string name, string version) => new(
        409, "UserError", $"Environment {name} with version {version} is already registered and cannot be changed.", RefusedBy.Provider);

    /// <summary>The body is not JSON, or a member of it has the wrong form.</summary>
    public static RefusedException InvalidContent(string message) => new(
        400,
        "InvalidRequestContent",
        $"The request content was invalid and could not be deserialized: '{message}'.",
        RefusedBy.Gateway);

    /// <summary>Something is wrong with the request as ARM sees it.</summary>
    public static RefusedException BadRequest(string code, string message) => new(400, code, message, RefusedBy.Gateway);

    /// <summary>A query of metrics cannot be read, or asks for what there is not.</summary>
    public static RefusedException Query(string message) => new(400, "BadRequest", message, RefusedBy.Monitor);

    /// <summary>An operation is running on the resource or on its parent.</summary>
    public static RefusedException Busy(string message) => new(409, "Conflict", message, RefusedBy.Provider);

    private static string Json(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
