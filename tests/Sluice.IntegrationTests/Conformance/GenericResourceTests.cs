using Azure;
using Azure.Core;
using Azure.ResourceManager.Models;
using Azure.ResourceManager.Resources;
using Sluice.IntegrationTests.Emulator;

namespace Sluice.IntegrationTests.Conformance;

/// <summary>
/// Microsoft's own .NET client of ARM (<c>Azure.ResourceManager</c>) changes resources of the local Azure ML as resources of any provider:
/// by what the list of providers says of their types, and with the client's own polling.
/// </summary>
[Category("Integration")]
public sealed class GenericResourceTests
{
    [Test]
    public async Task An_endpoint_is_created_updated_and_deleted_to_the_end()
    {
        await using var emulator = await RunningEmulator.StartAsync();
        var resources = ResourceManagerClient.Create(emulator).GetGenericResources();
        var id = new ResourceIdentifier($"{emulator.Arm.Workspace}/onlineEndpoints/generic");
        var wanted = new GenericResourceData(AzureLocation.WestEurope)
        {
            Identity = new ManagedServiceIdentity(ManagedServiceIdentityType.SystemAssigned),
            Properties = BinaryData.FromString("""{"authMode":"Key"}"""),
        };

        var created = (await resources.CreateOrUpdateAsync(WaitUntil.Completed, id, wanted)).Value;
        var tagged = new GenericResourceData(AzureLocation.WestEurope) { Tags = { ["team"] = "heart" } };
        var updated = (await created.UpdateAsync(WaitUntil.Completed, tagged)).Value;
        await updated.DeleteAsync(WaitUntil.Completed);
        var isLeft = await resources.ExistsAsync(id);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(created.Data.Properties.ToString(), Does.Contain("\"provisioningState\":\"Succeeded\""));
            Assert.That(updated.Data.Tags, Is.EquivalentTo(new Dictionary<string, string> { ["team"] = "heart" }));
            Assert.That(isLeft.Value, Is.False);
        }
    }

    [TestCase("codes/score/versions/1", "codeUri", "https://account.blob.core.windows.net/container/code")]
    [TestCase("environments/score/versions/1", "image", "scoring")]
    [TestCase("data/inputs/versions/1", "dataUri", "azureml://datastores/workspaceblobstore/paths/inputs")]
    public async Task Each_kind_of_resource_is_known(string path, string member, string value)
    {
        await using var emulator = await RunningEmulator.StartAsync();
        var client = ResourceManagerClient.Create(emulator);
        await emulator.Arm.PutAsync(path, new System.Text.Json.Nodes.JsonObject
        {
            ["properties"] = new System.Text.Json.Nodes.JsonObject { [member] = value },
        });
        var version = new ResourceIdentifier($"{emulator.Arm.Workspace}/{path}");

        foreach (var id in new[] { version, version.Parent! })
        {
            var found = (await client.GetGenericResource(id).GetAsync()).Value;
            Assert.That(found.Data.Id, Is.EqualTo(id));
        }
    }

    [Test]
    public async Task The_region_is_listed_below_the_subscription()
    {
        await using var emulator = await RunningEmulator.StartAsync();
        var subscription = await ResourceManagerClient.Create(emulator).GetDefaultSubscriptionAsync();

        var regions = subscription.GetLocations().Select(region => region.Name).ToList();

        Assert.That(regions, Is.EqualTo(new[] { "westeurope" }));
    }
}
