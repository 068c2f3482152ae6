using System.Net;
using System.Text.Json.Nodes;
using Sluice.Emulator;

namespace Sluice.IntegrationTests.Emulator;

/// <summary>What a region has and what of it is taken; and lists as clients of several api-versions page through them.</summary>
[Category("Integration")]
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ArmLocationTests
{
    private RunningEmulator _emulator = null!;

    private ArmClient Arm => _emulator.Arm;

    [SetUp]
    public async Task StartAsync() => _emulator = await RunningEmulator.StartAsync(coreLimit: 20);

    [TearDown]
    public async Task StopAsync() => await _emulator.DisposeAsync();

    [Test]
    public async Task Usages_count_a_deployments_cores_with_the_reserve_for_upgrades()
    {
        await HeartEndpoint.CreateAsync(_emulator, "blue");

        var usage = (await LocationAsync("usages")).Json["value"]![0]!;
        var quota = (await LocationAsync("quotas")).Json["value"]![0]!;

        using (Assert.EnterMultipleScope())
        {
            // One instance of two cores takes ceil(1.2) times two.
            Assert.That(((int)usage["currentValue"]!, (int)usage["limit"]!, (int)quota["limit"]!), Is.EqualTo((4, 20, 20)));
            Assert.That((string?)usage["name"]!["value"], Is.EqualTo((string?)quota["name"]!["value"]));
        }
    }

    [Test]
    public async Task Machine_sizes_are_those_that_a_deployment_may_ask_for()
    {
        var sizes = (await LocationAsync("vmSizes")).Json["value"]!.AsArray();

        var cores = sizes.ToDictionary(size => (string)size!["name"]!, size => (int)size!["vCPUs"]!);

        Assert.That(cores["Standard_DS3_v2"], Is.EqualTo(4));
    }

    [Test]
    public async Task Whoever_holds_the_token_may_do_all_and_is_told_so()
    {
        var permissions = (await Arm.GetAsync("providers/Microsoft.Authorization/permissions?api-version=2022-04-01")).Json["value"]!.AsArray();

        Assert.That(permissions.Select(entry => (string?)entry!["actions"]![0]), Is.EqualTo(new[] { "*" }));
        Assert.That(permissions[0]!["notActions"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task Resources_are_listed_by_type([Values] bool ofGroup)
    {
        await HeartEndpoint.CreateAsync(_emulator, "blue");
        var group = ofGroup ? $"/resourceGroups/{_emulator.Connection.ResourceGroup}" : "";
        var path = $"/subscriptions/{_emulator.Connection.SubscriptionId}{group}/resources";
        var workspace = _emulator.Connection.Workspace;

        var all = (await Arm.GetAsync(path)).Json["value"]!.AsArray();
        var endpoints = await Arm.GetAsync($"{path}?$filter=resourceType eq 'microsoft.machinelearningservices/workspaces/onlineEndpoints'");
        var other = await Arm.GetAsync($"{path}?$filter=colour ne 'red'");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                all.Select(resource => (string?)resource!["name"]),
                Is.EqualTo(new[] { workspace, $"{workspace}/heart", $"{workspace}/heart/blue" }));
            Assert.That(endpoints.Json["value"]!.AsArray().Select(resource => (string?)resource!["id"]), Is.EqualTo(new[] { $"{Arm.Workspace}/{HeartEndpoint.Path}" }));
            Assert.That((string?)endpoints.Json["value"]![0]!["tags"]!["team"], Is.EqualTo("heart"));
            Assert.That(endpoints.Json["value"]![0]!["properties"], Is.Null);
            Assert.That((other.Status, other.ErrorCode), Is.EqualTo((HttpStatusCode.BadRequest, "InvalidFilterInQueryString")));
            Assert.That(other.ErrorMessage, Does.Contain("resourceType, name, resourceGroup"));
        }
    }

    [Test]
    public async Task Another_region_is_not_there()
    {
        var answer = await LocationAsync("usages", "nowhere");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(answer.ErrorCode, Is.EqualTo("NoRegisteredProviderFound"));
        }
    }

    [TestCase("2022-10-01", "$skip")]
    [TestCase("2024-10-01", "$skip")]
    [TestCase("2025-12-01", "$skipToken")]
    public async Task A_list_goes_on_where_its_link_leads(string version, string cursor)
    {
        await HeartEndpoint.CreateAsync(_emulator, "blue", "green", "red");
        var names = new List<string>();
        var links = new List<string>();

        for (var next = $"{HeartEndpoint.Path}/deployments?api-version={version}&$top=1"; next is not null;)
        {
            var page = (await Arm.GetAsync(next)).Json;
            names.AddRange(page["value"]!.AsArray().Select(deployment => (string)deployment!["name"]!));
            next = (string?)page["nextLink"];
            links.Add(next ?? "");
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(names, Is.EqualTo(new[] { "red", "green", "blue" }));
            Assert.That(links, Has.Count.EqualTo(3));
            Assert.That(links[..2], Has.All.Contains($"{cursor}="));
        }
    }

    [Test]
    public async Task Deployments_are_listed_oldest_first_when_asked_so()
    {
        await HeartEndpoint.CreateAsync(_emulator, "blue", "green");

        var list = (await Arm.GetAsync($"{HeartEndpoint.Path}/deployments?$orderBy=createdtime asc")).Json["value"]!.AsArray();

        Assert.That(list.Select(deployment => (string?)deployment!["name"]), Is.EqualTo(new[] { "blue", "green" }));
    }

    [Test]
    public async Task Another_deployment_of_an_endpoint_waits_until_the_first_is_done()
    {
        await HeartEndpoint.CreateAsync(_emulator, "blue");
        await _emulator.Azure.DisposeAsync();
        await using var slow = await RunningEmulator.StartAsync(_emulator.Folder, LatencyProfile.Azure, timeScale: 1000);

        var scaling = await slow.Arm.PatchAsync($"{HeartEndpoint.Path}/deployments/blue", new JsonObject { ["sku"] = new JsonObject { ["capacity"] = 2 } });
        var shown = await slow.Arm.GetAsync($"{HeartEndpoint.Path}/deployments/blue");
        var second = await slow.Arm.PutAsync($"{HeartEndpoint.Path}/deployments/green", slow.Arm.DeploymentBody());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(scaling.Status, Is.EqualTo(HttpStatusCode.Accepted));
            Assert.That((string?)shown.Json["properties"]!["provisioningState"], Is.EqualTo("Scaling"));
            Assert.That(second.Status, Is.EqualTo(HttpStatusCode.Conflict));
            Assert.That(second.ErrorMessage, Does.Contain("Deployment blue is in Scaling provisioning state"));
        }
    }

    private Task<ArmAnswer> LocationAsync(string what, string location = "westeurope") => Arm.GetAsync(
        $"/subscriptions/{_emulator.Connection.SubscriptionId}/providers/Microsoft.MachineLearningServices/locations/{location}/{what}");
}
