using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Sluice.Emulator;

namespace Sluice.IntegrationTests.Emulator;

/// <summary>Plain HTTP against the ARM routes of one workspace.</summary>
internal sealed class ArmClient(HttpClient http, EmulatorConnection connection)
{
    private const string ApiVersion = "2023-10-01";

    public string Workspace { get; } =
        $"/subscriptions/{connection.SubscriptionId}/resourceGroups/{connection.ResourceGroup}"
        + $"/providers/Microsoft.MachineLearningServices/workspaces/{connection.Workspace}";

    public static JsonObject EndpointBody(object? traffic = null, object? mirror = null, string authMode = "Key") => new()
    {
        ["location"] = "westeurope",
        ["tags"] = new JsonObject { ["team"] = "heart" },
        ["identity"] = new JsonObject { ["type"] = "systemAssigned" },
        ["properties"] = new JsonObject
        {
            ["authMode"] = authMode,
            ["description"] = "an endpoint",
            ["traffic"] = System.Text.Json.JsonSerializer.SerializeToNode(traffic ?? new { }),
            ["mirrorTraffic"] = System.Text.Json.JsonSerializer.SerializeToNode(mirror ?? new { }),
        },
    };

    public JsonObject DeploymentBody(string model = "heart", string version = "1", string instanceType = "Standard_DS2_v2", int capacity = 1) => new()
    {
        ["location"] = "westeurope",
        ["tags"] = new JsonObject(),
        ["properties"] = new JsonObject
        {
            ["endpointComputeType"] = "managed",
            ["model"] = $"{Workspace}/models/{model}/versions/{version}",
            ["instanceType"] = instanceType,
            ["scaleSettings"] = new JsonObject { ["scaleType"] = "default" },
        },
        ["sku"] = new JsonObject { ["name"] = "default", ["capacity"] = capacity },
    };

    public Task<ArmAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, body: null);

    public Task<ArmAnswer> PutAsync(string path, JsonNode body) => SendAsync(HttpMethod.Put, path, body);

    public Task<ArmAnswer> PatchAsync(string path, JsonNode body) => SendAsync(HttpMethod.Patch, path, body);

    public Task<ArmAnswer> PostAsync(string path, JsonNode? body = null) => SendAsync(HttpMethod.Post, path, body);

    public Task<ArmAnswer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, body: null);

    /// <summary>Sends a request. A path that does not begin with a slash is below the workspace.</summary>
    public async Task<ArmAnswer> SendAsync(HttpMethod method, string path, JsonNode? body)
    {
        var full = path.StartsWith('/') || path.StartsWith("https:", StringComparison.Ordinal) ? path : $"{Workspace}/{path}";
        var address = full.Contains("api-version=", StringComparison.Ordinal)
            ? full
            : $"{full}{(full.Contains('?', StringComparison.Ordinal) ? '&' : '?')}api-version={ApiVersion}";
        using var request = new HttpRequestMessage(method, new Uri(address, UriKind.RelativeOrAbsolute));
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        using var response = await http.SendAsync(request);
        return await ArmAnswer.ReadAsync(response);
    }

    /// <summary>Polls an operation until it has ended, and gives its last document.</summary>
    public async Task<JsonNode> EndOfAsync(ArmAnswer started)
    {
        Assert.That(started.Header("Azure-AsyncOperation"), Is.Not.Null, $"{(int)started.Status} {started.Text}");
        ArmAnswer? status = null;
        await Until.TrueAsync(
            async () =>
            {
                status = await GetAsync(started.Header("Azure-AsyncOperation")!);
                Assert.That(status.Status, Is.EqualTo(HttpStatusCode.OK), status.Text);
                return (string?)status.Json["status"] != "Updating";
            },
            "the operation's end");
        return status!.Json;
    }

    /// <summary>Sends a PUT and waits until it has succeeded.</summary>
    public async Task PutToEndAsync(string path, JsonNode body)
    {
        var end = await EndOfAsync(await PutAsync(path, body));
        Assert.That((string?)end["status"], Is.EqualTo("Succeeded"), end.ToJsonString());
    }

    /// <summary>Registers a version of an MLflow model whose files are under a path of the default datastore.</summary>
    public async Task RegisterAsync(string model, string version, string path)
    {
        var answer = await PutAsync($"models/{model}/versions/{version}", new JsonObject
        {
            ["properties"] = new JsonObject
            {
                ["modelType"] = "mlflow_model",
                ["modelUri"] = $"azureml:/{Workspace.Replace("/providers/Microsoft.MachineLearningServices", "", StringComparison.Ordinal)}"
                    + $"/datastores/workspaceblobstore/paths/{path}",
            },
        });
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Created), answer.Text);
    }
}
