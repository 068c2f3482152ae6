using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Sluice.AzureML.Connection;

namespace Sluice.Benchmarks.Measuring;

/// <summary>The bare calls of ARM on the workspace of a local Azure ML. Paths are below the workspace, without the API's version.</summary>
internal sealed class WorkspaceArm : IDisposable
{
    private const string Api = "?api-version=2024-04-01";
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(20);

    private readonly HttpClient _http;

    /// <summary>Opens the way to it.</summary>
    public WorkspaceArm(EmulatorProcess emulator)
    {
        var names = emulator.Connection;
        Id = $"/subscriptions/{names.SubscriptionId}/resourceGroups/{names.ResourceGroup}"
            + $"/providers/Microsoft.MachineLearningServices/workspaces/{names.Workspace}";
        Address = new Uri(names.ArmEndpoint, $"{Id}/");
        _http = new HttpClient(LoopbackHandler.Create(emulator.Cloud)) { BaseAddress = Address };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", names.BearerToken);
    }

    /// <summary>The workspace's id.</summary>
    public string Id { get; }

    /// <summary>The workspace's address, with a slash at its end.</summary>
    public Uri Address { get; }

    /// <summary>Reads a resource.</summary>
    public async Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken) =>
        (await _http.GetFromJsonAsync<JsonNode>(path + Api, cancellationToken))!;

    /// <summary>Calls an action of a resource that needs no body.</summary>
    public async Task<JsonNode> PostAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await _http.PostAsync(path + Api, content: null, cancellationToken);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!;
    }

    /// <summary>Writes a resource, and waits until it is there.</summary>
    /// <exception cref="InvalidOperationException">It was refused, or failed.</exception>
    public async Task PutAsync(string path, JsonNode body, CancellationToken cancellationToken)
    {
        using (var started = await _http.PutAsJsonAsync(path + Api, body, cancellationToken))
        {
            if (!started.IsSuccessStatusCode)
            {
                throw new InvalidOperationException($"PUT {path}: {await started.Content.ReadAsStringAsync(cancellationToken)}");
            }
        }

        while (true)
        {
            var found = await GetAsync(path, cancellationToken);
            switch ((string?)found["properties"]!["provisioningState"])
            {
                case "Succeeded":
                    return;
                case "Failed" or "Canceled":
                    throw new InvalidOperationException($"PUT {path} failed: {found.ToJsonString()}");
                default:
                    await Task.Delay(LookAgain, cancellationToken);
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
