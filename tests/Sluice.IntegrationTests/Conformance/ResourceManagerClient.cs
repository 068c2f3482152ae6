using Azure.Core.Pipeline;
using Azure.ResourceManager;
using Sluice.AzureML.Connection;
using Sluice.IntegrationTests.Emulator;
using Sluice.Rollouts;

namespace Sluice.IntegrationTests.Conformance;

/// <summary>Microsoft's own .NET client of ARM (<c>Azure.ResourceManager</c>), which knows nothing of Azure ML.</summary>
internal static class ResourceManagerClient
{
    /// <summary>The client of a local Azure ML.</summary>
    public static Azure.ResourceManager.ArmClient Create(RunningEmulator emulator)
    {
        var local = emulator.Connection;
        var options = new ArmClientOptions
        {
            Environment = new ArmEnvironment(local.ArmEndpoint, local.ArmEndpoint.GetLeftPart(UriPartial.Authority)),
            Transport = new HttpClientTransport(emulator.Handler),
        };
        return new Azure.ResourceManager.ArmClient(new StaticTokenCredential(new Secret(local.BearerToken)), local.SubscriptionId, options);
    }
}
