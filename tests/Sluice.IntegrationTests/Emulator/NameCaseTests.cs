using System.Net;
using System.Text.Json.Nodes;

namespace Sluice.IntegrationTests.Emulator;

/// <summary>Where the case of a name counts in what a client sends, and where it does not.</summary>
[Category("Integration")]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class NameCaseTests
{
    private RunningEmulator _emulator = null!;

    private ArmClient Arm => _emulator.Arm;

    [SetUp]
    public async Task StartAsync() => _emulator = await RunningEmulator.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _emulator.DisposeAsync();

    [Test]
    public async Task Environment_variables_and_properties_that_differ_in_case_are_two()
    {
        await HeartEndpoint.CreateAsync(_emulator);
        var body = Arm.DeploymentBody();
        body["properties"]!["environmentVariables"] = new JsonObject { ["path"] = "1", ["PATH"] = "2" };
        body["properties"]!["properties"] = new JsonObject { ["origin"] = "1", ["Origin"] = "2" };

        await Arm.PutToEndAsync($"{HeartEndpoint.Path}/deployments/blue", body);
        var read = (await Arm.GetAsync($"{HeartEndpoint.Path}/deployments/blue")).Json["properties"]!;

        Assert.That(read["environmentVariables"]!.ToJsonString(), Is.EqualTo("""{"path":"1","PATH":"2"}"""));
        Assert.That((string?)read["properties"]!["origin"] + (string?)read["properties"]!["Origin"], Is.EqualTo("12"));
    }

    [Test]
    public async Task Tags_of_an_asset_that_differ_in_case_are_two()
    {
        var answer = await Arm.PutAsync("models/heart", JsonNode.Parse("""{"properties":{"tags":{"team":"1","Team":"2"}}}""")!);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Created), answer.Text);
        Assert.That(answer.Json["properties"]!["tags"]!.ToJsonString(), Is.EqualTo("""{"team":"1","Team":"2"}"""));
    }

    [Test]
    public async Task Tags_of_a_resource_that_differ_in_case_are_one_and_refused()
    {
        var body = ArmClient.EndpointBody();
        body["tags"]!["TEAM"] = "liver";

        var answer = await Arm.PutAsync(HeartEndpoint.Path, body);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.ErrorMessage, Does.Contain("'tags.team' and 'tags.TEAM' are one name"));
    }

    [TestCase("""{"PROPERTIES":{"Description":"described"}}""")]
    [TestCase("""{"properties":{"description":"described"}}""")]
    public async Task A_known_name_is_found_whatever_its_case(string body)
    {
        var answer = await Arm.PutAsync("models/heart", JsonNode.Parse(body)!);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Created), answer.Text);
    }

    [TestCase("""{"properties":{"isArchived":true,"IsArchived":false}}""", "'properties.isArchived' and 'properties.IsArchived' are one name")]
    [TestCase("""{"properties":{"tags":{"a":"1","a":"2"}}}""", "'a'")]
    public async Task A_name_that_is_there_twice_is_refused(string body, string reason)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await _emulator.Http.PutAsync(new Uri($"{Arm.Workspace}/models/heart?api-version=2023-10-01", UriKind.Relative), content);
        var answer = await ArmAnswer.ReadAsync(response);

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest), answer.Text);
        Assert.That(answer.ErrorMessage, Does.Contain(reason).And.Not.Contain("same key"));
    }
}
