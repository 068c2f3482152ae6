using Azure.Core.Pipeline;
using Azure.ResourceManager;
using Azure.ResourceManager.MachineLearning;

namespace Sluice.Tests.AzureResourceManagerMachineLearning;

/// <summary>The workspace that the tests of the package call, and bodies of its resources.</summary>
internal static class Arm
{
    public const string Base =
        "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/ws";

    public const string PollPath = "/providers/Microsoft.MachineLearningServices/locations/westus/mfeOperationsStatus/oe:1:2";

    public const string Running = """{"status":"Updating","percentComplete":0.0}""";

    public const string Succeeded = """{"status":"Succeeded","percentComplete":100.0}""";

    public static string PollUri => "https://management.azure.com" + PollPath + "?api-version=2022-02-01-preview";

    public static MachineLearningWorkspaceResource Workspace(HttpMessageHandler service) =>
        Client(service).GetMachineLearningWorkspaceResource(
            MachineLearningWorkspaceResource.CreateResourceIdentifier("11111111-1111-1111-1111-111111111111", "rg", "ws"));

    public static ArmClient Client(HttpMessageHandler service) =>
        new(
            new FakeCredential(),
            "11111111-1111-1111-1111-111111111111",
            new ArmClientOptions { Transport = new HttpClientTransport(service) });

    public static string Endpoint(
        string state, string traffic = "{}", string mirror = "{}", string tags = "{}", string name = "heart", string authMode = "Key") =>
            $$"""
        {"id":"{{Base}}/onlineEndpoints/{{name}}","name":"{{name}}","type":"Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
         "properties":{"description":"about hearts","properties":{"azureml.onlineendpointid":"x"},
         "scoringUri":"https://{{name}}.westus.inference.ml.azure.com/score","swaggerUri":null,"authMode":"{{authMode}}",
         "provisioningState":"{{state}}","compute":null,"traffic":{{traffic}},"mirrorTraffic":{{mirror}},
         "publicNetworkAccess":"Disabled","aMemberOfTomorrow":{"deep":1} },
         "systemData":{"createdAt":"2026-01-02T03:04:05Z"},"tags":{{tags}},"location":"westus","kind":"Managed",
         "identity":{"type":"SystemAssigned","principalId":"22222222-2222-2222-2222-222222222222"} }
        """;

    public static string Deployment(
        string name, string state, string model = "heart", string version = "1", string created = "2026-01-02T03:04:05Z") => $$"""
        {"id":"{{Base}}/onlineEndpoints/heart/deployments/{{name}}","name":"{{name}}",
         "type":"Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments",
         "properties":{"endpointComputeType":"Managed","instanceType":"Standard_DS3_v2","provisioningState":"{{state}}",
         "model":"{{Base}}/models/{{model}}/versions/{{version}}","livenessProbe":null,"readinessProbe":null,
         "requestSettings":{"maxQueueWait":"PT0S","requestTimeout":"PT5S","maxConcurrentRequestsPerInstance":2},
         "scaleSettings":{"scaleType":"Default"} },
         "systemData":{"createdAt":"{{created}}"},"tags":{"sluice-role":"candidate"},"location":"westus","kind":"Managed",
         "sku":{"name":"Default","tier":"Standard","capacity":3} }
        """;

    public static string List(params string[] items) => $$"""{"value":[{{string.Join(",", items)}}]}""";

    public static string Error(string code, string message) => $$"""{"error":{"code":"{{code}}","message":"{{message}}"} }""";
}
