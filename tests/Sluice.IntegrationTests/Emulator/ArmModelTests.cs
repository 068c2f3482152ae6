using System.Net;
using System.Text.Json.Nodes;

namespace Sluice.IntegrationTests.Emulator;

[Category("Integration")]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ArmModelTests
{
    private RunningEmulator _emulator = null!;

    private ArmClient Arm => _emulator.Arm;

    [SetUp]
    public async Task StartAsync() => _emulator = await RunningEmulator.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _emulator.DisposeAsync();

    [Test]
    public async Task The_path_of_a_version_can_not_be_changed_and_its_tags_can()
    {
        await Arm.RegisterAsync("heart", "1", "LocalUpload/a/model");
        var there = (await Arm.GetAsync("models/heart/versions/1")).Json;
        var other = there.DeepClone();
        other["properties"]!["modelUri"] = ((string)there["properties"]!["modelUri"]!).Replace("/a/", "/b/", StringComparison.Ordinal);
        there["properties"]!["tags"] = new JsonObject { ["team"] = "heart" };

        var moved = await Arm.PutAsync("models/heart/versions/1", other);
        var tagged = await Arm.PutAsync("models/heart/versions/1", there);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(moved.Status, Is.EqualTo(HttpStatusCode.BadRequest), moved.Text);
            Assert.That(moved.ErrorMessage, Does.Contain("Asset paths cannot be updated."));
            Assert.That(tagged.Status, Is.EqualTo(HttpStatusCode.OK), tagged.Text);
            Assert.That((string?)tagged.Json["properties"]!["tags"]!["team"], Is.EqualTo("heart"));
        }
    }

    [TestCase("CustomModel", "custom_model")]
    [TestCase("mlflowmodel", "mlflow_model")]
    [TestCase("TritonModel", "triton_model")]
    [TestCase("Custom_Model", "custom_model")]
    public async Task A_type_may_have_the_name_that_it_had_in_2022_and_is_shown_by_that_of_today(string sent, string shown)
    {
        await Arm.RegisterAsync("heart", "1", "LocalUpload/a/model");
        var body = (await Arm.GetAsync("models/heart/versions/1")).Json;
        body["properties"]!["modelType"] = sent;

        var answer = await Arm.PutAsync("models/heart/versions/2", body);

        Assert.That((string?)answer.Json["properties"]!["modelType"], Is.EqualTo(shown), answer.Text);
    }

    [Test]
    public async Task Versions_are_listed_by_their_description()
    {
        await Arm.RegisterAsync("heart", "1", "LocalUpload/a/model");
        var body = (await Arm.GetAsync("models/heart/versions/1")).Json;
        body["properties"]!["description"] = "the second";
        await Arm.PutAsync("models/heart/versions/2", body);

        var found = await Arm.GetAsync("models/heart/versions?description=the%20second");

        Assert.That(found.Json["value"]!.AsArray().Select(version => (string?)version!["name"]), Is.EqualTo(new[] { "2" }));
    }

    [Test]
    public async Task The_latest_version_as_official_clients_ask_for_it_is_the_one_that_was_created_last()
    {
        await Arm.RegisterAsync("heart", "7", "LocalUpload/a/model");
        await Arm.RegisterAsync("heart", "2", "LocalUpload/b/model");

        var latest = await Arm.GetAsync("models/heart/versions?$orderBy=createdtime%20desc&$top=1");

        Assert.That(latest.Json["value"]!.AsArray().Select(version => (string?)version!["name"]), Is.EqualTo(new[] { "2" }));
    }

    [Test]
    public async Task A_deployment_of_a_registry_s_model_fails_in_clear_words_and_serves_no_namesake()
    {
        await HeartEndpoint.CreateAsync(_emulator);
        var body = Arm.DeploymentBody();
        body["properties"]!["model"] = "azureml://registries/azureml/models/heart/versions/1";

        var end = await Arm.EndOfAsync(await Arm.PutAsync($"{HeartEndpoint.Path}/deployments/blue", body));

        Assert.That((string?)end["status"], Is.EqualTo("Failed"));
        Assert.That(end["error"]!.ToJsonString(), Does.Contain("is in a registry; the local Azure ML has none"));
    }
}
