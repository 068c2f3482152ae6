using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Azure.Core;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>
/// Finds code and message of a failed operation: in <c>error</c>, or in <c>properties.error</c> of a resource that failed.
/// Where there is neither, the state speaks for itself.
/// </summary>
internal sealed class FailedOperationParser(string state) : RequestFailedDetailsParser
{
    public override bool TryParse(Response response, [NotNullWhen(true)] out ResponseError? error, out IDictionary<string, string>? data)
    {
        data = null;
        error = Find(response) ?? new ResponseError(state, $"The operation ended as '{state}' and gave no reason.");
        return true;
    }

    private static ResponseError? Find(Response response)
    {
        try
        {
            using var document = JsonDocument.Parse(response.Content);
            var root = document.RootElement;
            var ofResource = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("properties", out var properties)
                ? Of(properties)
                : null;
            return Of(root) ?? ofResource;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ResponseError? Of(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty("error", out var error)
        && error.ValueKind == JsonValueKind.Object
        && error.TryGetProperty("code", out var code)
            ? new ResponseError(code.GetString(), error.TryGetProperty("message", out var message) ? message.GetString() : null)
            : null;
}
