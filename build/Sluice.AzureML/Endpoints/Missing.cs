using Azure;

namespace Sluice.AzureML.Endpoints;

/// <summary>What is said of a resource that a write needs and that is not there.</summary>
internal static class Missing
{
    /// <summary>The endpoint is not there.</summary>
    public static RequestFailedException Endpoint(string name) =>
        new(404, $"The endpoint '{name}' does not exist.", "ResourceNotFound", innerException: null);
}
