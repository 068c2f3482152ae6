using System.Text.Json.Nodes;

namespace Sluice.IntegrationTests.Conformance;

/// <summary>A body that the client sent to ARM to make or change a resource.</summary>
/// <param name="Method">PUT or PATCH.</param>
/// <param name="Path">The resource's id.</param>
/// <param name="ResourceType">Its type, for example <c>Microsoft.MachineLearningServices/workspaces/onlineEndpoints</c>.</param>
/// <param name="ApiVersion">The api-version in the query.</param>
/// <param name="Body">The body.</param>
internal sealed record SentBody(string Method, string Path, string ResourceType, string ApiVersion, JsonNode Body)
{
    /// <summary>The method and the type's last words, for counting.</summary>
    public string Kind => $"{Method} {ResourceType.Split("/workspaces/", 2)[^1]}";
}
