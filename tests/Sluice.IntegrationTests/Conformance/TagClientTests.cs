using System.Collections.Concurrent;
using Azure.Core;
using Azure.ResourceManager.Resources.Models;
using Sluice.Emulator.Faults;
using Sluice.IntegrationTests.Emulator;

namespace Sluice.IntegrationTests.Conformance;

/// <summary>Microsoft's own .NET client of ARM (<c>Azure.ResourceManager</c>) changes tags on the local Azure ML.</summary>
[Category("Integration")]
public sealed class TagClientTests
{
    [TestCase("")]
    [TestCase("/onlineEndpoints/heart")]
    [TestCase("/onlineEndpoints/heart/deployments/blue")]
    public async Task Tags_are_added_set_removed_merged_and_deleted(string resource)
    {
        var writes = new TagWrites();
        await using var emulator = await RunningEmulator.StartAsync(watch: writes);
        await HeartEndpoint.CreateAsync(emulator, "blue");
        var client = ResourceManagerClient.Create(emulator);
        var id = new ResourceIdentifier(emulator.Arm.Workspace + resource);
        var tagged = client.GetGenericResource(id);
        var tags = client.GetTagResource(new ResourceIdentifier($"{id}/providers/Microsoft.Resources/tags/default"));

        await tagged.SetTagsAsync(new Dictionary<string, string> { ["team"] = "heart" });
        var added = (await tagged.AddTagAsync("owner", "Ada")).Value.Data.Tags;
        var removed = (await tagged.RemoveTagAsync("team")).Value.Data.Tags;
        var patch = new TagResourcePatch { PatchMode = TagPatchMode.Merge };
        patch.TagValues.Add("OWNER", "Grace");
        var merged = (await tags.UpdateAsync(Azure.WaitUntil.Completed, patch)).Value.Data.TagValues;
        await tags.DeleteAsync(Azure.WaitUntil.Completed);
        var none = (await tags.GetAsync()).Value.Data.TagValues;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(added, Is.EquivalentTo(new Dictionary<string, string> { ["team"] = "heart", ["owner"] = "Ada" }));
            Assert.That(removed, Is.EquivalentTo(new Dictionary<string, string> { ["owner"] = "Ada" }));
            Assert.That(merged, Is.EquivalentTo(new Dictionary<string, string> { ["owner"] = "Grace" }));
            Assert.That(none, Is.Empty);
            Assert.That(writes.Methods, Is.EqualTo(new[] { "DELETE", "PUT", "PUT", "PUT", "PATCH", "DELETE" }));
        }
    }

    /// <summary>The methods of the requests that change tags and nothing else.</summary>
    private sealed class TagWrites : IRequestWatch
    {
        public ConcurrentQueue<string> Methods { get; } = [];

        public Task ReachedAsync(FaultTarget request, FaultMoment moment)
        {
            if (moment == FaultMoment.BeforeEffect && request.Method != "GET" && request.Path.EndsWith("/tags/default", StringComparison.Ordinal))
            {
                Methods.Enqueue(request.Method);
            }

            return Task.CompletedTask;
        }
    }
}
