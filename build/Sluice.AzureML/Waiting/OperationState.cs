using System.Text.Json;
using Azure;

namespace Sluice.AzureML.Waiting;

/// <summary>The service's own word for how far an operation is.</summary>
internal static class OperationState
{
    /// <summary>The word in the body of a poll's answer: of an operation, or of a resource. Null when there is none.</summary>
    public static string? Of(Response answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer.Content);
            var root = document.RootElement;
            return root.TextOf("status")
                ?? (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("properties", out var properties)
                    ? properties.TextOf("provisioningState")
                    : null);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second one says that the text is none that Unicode has.
            return null;
        }
    }
}
