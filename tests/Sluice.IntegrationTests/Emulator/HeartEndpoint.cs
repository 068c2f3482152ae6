using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Sluice.IntegrationTests.Emulator;

/// <summary>An endpoint <c>heart</c> that serves the repository's own model.</summary>
internal static class HeartEndpoint
{
    public const string Path = "onlineEndpoints/heart";

    /// <summary>Uploads and registers both versions of the model.</summary>
    public static async Task RegisterModelsAsync(RunningEmulator emulator)
    {
        var container = await BlobClients.ModelsAsync(emulator);
        foreach (var version in new[] { "1", "2" })
        {
            var path = $"LocalUpload/{version}/model";
            await BlobClients.UploadFolderAsync(container, System.IO.Path.Combine(Repository.Root, "models", "heart-classifier", $"v{version}"), path);
            await emulator.Arm.RegisterAsync("heart", version, path);
        }
    }

    /// <summary>Creates the endpoint with deployments of model version 1.</summary>
    public static async Task CreateAsync(RunningEmulator emulator, params string[] deployments)
    {
        await RegisterModelsAsync(emulator);
        await emulator.Arm.PutToEndAsync(Path, ArmClient.EndpointBody());
        foreach (var deployment in deployments)
        {
            await emulator.Arm.PutToEndAsync($"{Path}/deployments/{deployment}", emulator.Arm.DeploymentBody());
        }
    }

    /// <summary>Scores the model's example row, or another body.</summary>
    public static async Task<(HttpStatusCode Status, string? Deployment, string Body)> ScoreAsync(
        RunningEmulator emulator, string? deployment = null, string? body = null, string path = Path)
    {
        var endpoint = await emulator.Arm.GetAsync(path);
        var keys = await emulator.Arm.PostAsync($"{path}/listKeys");
        using var http = new HttpClient(emulator.Handler, disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Post, (string)endpoint.Json["properties"]!["scoringUri"]!);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (string)keys.Json["primaryKey"]!);
        if (deployment is not null)
        {
            request.Headers.Add("azureml-model-deployment", deployment);
        }

        var example = System.IO.Path.Combine(Repository.Root, "models", "heart-classifier", "v1", "serving_input_example.json");
        var row = await File.ReadAllTextAsync(example);
        var sent = body ?? row.Replace("dataframe_split", "input_data", StringComparison.Ordinal);
        request.Content = new StringContent(sent, Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request);
        var served = response.Headers.TryGetValues("azureml-model-deployment", out var values) ? values.Single() : null;
        return (response.StatusCode, served, await response.Content.ReadAsStringAsync());
    }
}
