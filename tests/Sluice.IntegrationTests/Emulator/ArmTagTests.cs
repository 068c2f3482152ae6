using System.Net;
using System.Text.Json.Nodes;
using Sluice.Emulator;

namespace Sluice.IntegrationTests.Emulator;

/// <summary>The tags of workspace, endpoint and deployment, read and changed without the rest of the resource.</summary>
[Category("Integration")]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ArmTagTests
{
    private const string Tags = "providers/Microsoft.Resources/tags/default";
    private const string Deployment = $"{HeartEndpoint.Path}/deployments/blue";
    private RunningEmulator _emulator = null!;

    private ArmClient Arm => _emulator.Arm;

    [SetUp]
    public async Task StartAsync() => _emulator = await RunningEmulator.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _emulator.DisposeAsync();

    [TestCase("")]
    [TestCase(HeartEndpoint.Path + "/")]
    [TestCase(Deployment + "/")]
    public async Task Tags_are_replaced_merged_and_deleted_and_the_resource_shows_them(string resource)
    {
        await HeartEndpoint.CreateAsync(_emulator, "blue");

        var put = await Arm.PutAsync($"{resource}{Tags}", Body("""{"team":"heart","cost":"1"}"""));
        var merged = await PatchAsync(resource, "merge", """{"TEAM":"liver","owner":"Ada"}""");
        var byName = await PatchAsync(resource, "Delete", """{"Cost":"","owner":"Grace"}""");
        var shown = await Arm.GetAsync(resource.Length == 0 ? Arm.Workspace : resource.TrimEnd('/'));
        var replaced = await PatchAsync(resource, "Replace", """{"stage":"one"}""");
        var read = await Arm.GetAsync($"{resource}{Tags}");
        var deleted = await Arm.DeleteAsync($"{resource}{Tags}");
        var none = await Arm.GetAsync($"{resource}{Tags}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(put.Status, Is.EqualTo(HttpStatusCode.OK), put.Text);
            Assert.That((string?)put.Json["id"], Does.StartWith(Arm.Workspace).And.EndsWith($"{resource}{Tags}"));
            Assert.That(((string?)put.Json["name"], (string?)put.Json["type"]), Is.EqualTo(("default", "Microsoft.Resources/tags")));
            Assert.That(TagsOf(merged), Is.EqualTo("""{"team":"liver","cost":"1","owner":"Ada"}"""));
            Assert.That(TagsOf(byName), Is.EqualTo("""{"team":"liver","owner":"Ada"}"""));
            Assert.That(shown.Json["tags"]!.ToJsonString(), Is.EqualTo(TagsOf(byName)));
            Assert.That(TagsOf(replaced), Is.EqualTo("""{"stage":"one"}"""));
            Assert.That(TagsOf(read), Is.EqualTo(TagsOf(replaced)));
            Assert.That(deleted.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(TagsOf(none), Is.EqualTo("{}"));
        }
    }

    [TestCase(HeartEndpoint.Path + "/")]
    [TestCase(Deployment + "/")]
    public async Task Tags_are_changed_when_the_answer_comes_and_not_while_the_resource_is_busy(string resource)
    {
        await HeartEndpoint.CreateAsync(_emulator, "blue");
        await _emulator.Azure.DisposeAsync();
        await using var slow = await RunningEmulator.StartAsync(_emulator.Folder, LatencyProfile.Azure, timeScale: 1000);

        var deleted = await slow.Arm.DeleteAsync($"{resource}{Tags}");
        var set = await slow.Arm.PutAsync($"{resource}{Tags}", Body("""{"stage":"one"}"""));
        var read = await slow.Arm.GetAsync(resource.TrimEnd('/'));
        await slow.Arm.PatchAsync(resource.TrimEnd('/'), new JsonObject { ["tags"] = new JsonObject() });
        var busy = await slow.Arm.PutAsync($"{resource}{Tags}", Body("""{"stage":"two"}"""));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((deleted.Status, set.Status), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)), set.Text);
            Assert.That(read.Json["tags"]!.ToJsonString(), Is.EqualTo("""{"stage":"one"}"""));
            Assert.That((string?)read.Json["properties"]!["provisioningState"], Is.EqualTo("Succeeded"));
            Assert.That(busy.Status, Is.EqualTo(HttpStatusCode.Conflict), busy.Text);
        }
    }

    [Test]
    public async Task The_workspaces_tags_survive_a_restart()
    {
        await Arm.PutAsync(Tags, Body("""{"stage":"one"}"""));
        await _emulator.Azure.DisposeAsync();
        await using var second = await RunningEmulator.StartAsync(_emulator.Folder);

        Assert.That(TagsOf(await second.Arm.GetAsync(Tags)), Is.EqualTo("""{"stage":"one"}"""));
    }

    [TestCase("""{"operation":"Add","properties":{"tags":{}}}""", "allowed are Merge, Replace, Delete")]
    [TestCase("""{"properties":{"tags":{}}}""", "'operation' is missing")]
    [TestCase("""{"operation":"Merge","properties":{"tags":{"a":"1","A":"2"}}}""", "are one name")]
    [TestCase("""{"operation":"Merge","properties":{"tags":{"a":1}}}""", "expected is a string")]
    public async Task What_is_no_change_of_tags_is_refused(string body, string reason)
    {
        var answer = await Arm.PatchAsync(Tags, JsonNode.Parse(body)!);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.ErrorMessage, Does.Contain(reason));
    }

    [Test]
    public async Task Tags_that_ARM_would_not_take_are_refused_however_they_come()
    {
        var many = new JsonObject();
        for (var number = 1; number <= 50; number += 1)
        {
            many[$"{number}"] = "";
        }

        var endpoint = ArmClient.EndpointBody();
        endpoint["tags"] = new JsonObject { ["a/b"] = "1" };
        var put = await Arm.PutAsync("onlineEndpoints/tagged", endpoint);
        var tooLong = await PatchAsync("", "Replace", $$"""{"a":"{{new string('v', 257)}}"}""");
        var most = await PatchAsync("", "Replace", many.ToJsonString());
        var more = await PatchAsync("", "Merge", """{"one more":""}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(put.ErrorCode, Is.EqualTo("InvalidTagNameCharacters"));
            Assert.That(tooLong.ErrorCode, Is.EqualTo("InvalidTagValueLength"));
            Assert.That(most.Status, Is.EqualTo(HttpStatusCode.OK), most.Text);
            Assert.That(more.ErrorCode, Is.EqualTo("InvalidTagCount"));
        }
    }

    [Test]
    public async Task What_is_not_there_has_no_tags()
    {
        Assert.That((await Arm.GetAsync($"onlineEndpoints/nobody/{Tags}")).Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await Arm.PutAsync($"onlineEndpoints/nobody/{Tags}", Body("{}"))).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private static JsonObject Body(string tags) => new() { ["properties"] = new JsonObject { ["tags"] = JsonNode.Parse(tags) } };

    private static string TagsOf(ArmAnswer answer) => answer.Json["properties"]!["tags"]!.ToJsonString();

    private Task<ArmAnswer> PatchAsync(string resource, string operation, string tags)
    {
        var body = Body(tags);
        body["operation"] = operation;
        return Arm.PatchAsync($"{resource}{Tags}", body);
    }
}
