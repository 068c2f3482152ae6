using System.Text.Json.Nodes;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.State;
using Sluice.Tests.AzureResourceManagerMachineLearning;

namespace Sluice.Tests.AzureML;

[Category("Unit")]
internal sealed class TrafficWriteTests
{
    private static readonly Traffic Before = Traffic.AllTo("blue");
    private static readonly Traffic Wanted = Traffic.Split("blue", "green", 10);
    private static readonly RolloutMark Mark = new("r1", "blue", "green", RolloutStatus.Canary);

    private const int StatusThatTheSdkDoesNotRetry = 599;

    private const string BlueOnly = """{"blue":100}""";
    private const string Split = """{"blue":90,"green":10}""";
    private const string Marked =
        """{"team":"cardio","sluice-rollout":"r1","sluice-stable":"blue","sluice-candidate":"green","sluice-status":"canary"}""";

    [Test]
    public async Task The_whole_endpoint_is_sent_with_only_traffic_and_mark_changed()
    {
        using var test = new TestWorkspace();
        Script(
            test,
            Arm.Endpoint("Succeeded", BlueOnly, """{"red":20}""", """{"team":"cardio"}"""),
            Arm.Endpoint("Succeeded", Split, """{"red":20}""", tags: Marked));

        await test.Workspace.SetTrafficAsync(new("heart", Before, Wanted, Mark), test.Progress, CancellationToken.None);

        var sent = test.Service.Writes.Single().Json;
        var properties = sent["properties"]!;
        Assert.That(JsonNode.DeepEquals(properties["traffic"], JsonNode.Parse(Split)), sent.ToJsonString());
        Assert.That(properties["mirrorTraffic"]!.ToJsonString(), Is.EqualTo("""{"red":20}"""));
        Assert.That(JsonNode.DeepEquals(sent["tags"], JsonNode.Parse(Marked)), sent.ToJsonString());
        Assert.That((string)properties["description"]!, Is.EqualTo("about hearts"));
        Assert.That((string)properties["publicNetworkAccess"]!, Is.EqualTo("Disabled"));
        Assert.That((string)properties["authMode"]!, Is.EqualTo("Key"));
        Assert.That((string)properties["properties"]!["azureml.onlineendpointid"]!, Is.EqualTo("x"));
        Assert.That((string)sent["identity"]!["type"]!, Is.EqualTo("SystemAssigned"));
        Assert.That((string)sent["location"]!, Is.EqualTo("westus"));
        Assert.That(properties["provisioningState"], Is.Null);
    }

    [Test]
    public async Task Mirrored_traffic_of_a_deployment_that_gets_live_traffic_ends()
    {
        using var test = new TestWorkspace();
        Script(test, Arm.Endpoint("Succeeded", BlueOnly, """{"green":20}"""), Arm.Endpoint("Succeeded", Split));

        await test.Workspace.SetTrafficAsync(new("heart", Before, Wanted, Mark: null), progress: null, CancellationToken.None);

        Assert.That(test.Service.Writes.Single().Json["properties"]!["mirrorTraffic"]!.ToJsonString(), Is.EqualTo("{}"));
    }

    [Test]
    public async Task Zero_entries_are_not_sent_and_names_are_lower_case()
    {
        using var test = new TestWorkspace();
        Script(test, Arm.Endpoint("Succeeded", BlueOnly), Arm.Endpoint("Succeeded", """{"green":100}"""));
        var wanted = Traffic.Of([new("Blue", 0), new("GREEN", 100)]);

        await test.Workspace.SetTrafficAsync(new("heart", Before, wanted, Mark: null), progress: null, CancellationToken.None);

        Assert.That(test.Service.Writes.Single().Json["properties"]!["traffic"]!.ToJsonString(), Is.EqualTo("""{"green":100}"""));
    }

    [Test]
    public async Task The_old_map_read_back_is_lag_and_is_read_again()
    {
        using var test = new TestWorkspace();
        Script(
            test,
            Arm.Endpoint("Succeeded", BlueOnly),
            Arm.Endpoint("Succeeded", BlueOnly),
            Arm.Endpoint("Succeeded", BlueOnly),
            Arm.Endpoint("Succeeded", Split));

        await test.Workspace.SetTrafficAsync(new("heart", Before, Wanted, Mark: null), test.Progress, CancellationToken.None);

        Assert.That(test.Service.Writes, Has.Count.EqualTo(1));
        Assert.That(test.Progress.States, Has.Some.EqualTo("Reading back"));
    }

    [Test]
    public async Task A_third_map_before_the_write_is_foreign_and_nothing_is_written()
    {
        using var test = new TestWorkspace();
        Script(test, Arm.Endpoint("Succeeded", """{"blue":70,"red":30}"""));

        var foreign = await Assert.ThrowsAsync<ForeignChangeException>(
            () => test.Workspace.SetTrafficAsync(new("heart", Before, Wanted, Mark), progress: null, CancellationToken.None));

        Assert.That(foreign!.Message, Does.Contain("blue 70 %, red 30 %").And.Contain($"{Before}"));
        Assert.That(test.Service.Writes, Is.Empty);
    }

    [Test]
    public async Task A_third_map_read_back_is_foreign_and_is_not_written_over()
    {
        using var test = new TestWorkspace();
        Script(test, Arm.Endpoint("Succeeded", BlueOnly), Arm.Endpoint("Succeeded", """{"red":100}"""));

        var foreign = await Assert.ThrowsAsync<ForeignChangeException>(
            () => test.Workspace.SetTrafficAsync(new("heart", Before, Wanted, Mark), progress: null, CancellationToken.None));

        Assert.That(foreign!.Message, Does.Contain("[blue 90 %, green 10 %]").And.Contain("[red 100 %]"));
        Assert.That(test.Service.Writes, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_is_there_already_is_not_written_again()
    {
        using var test = new TestWorkspace();
        Script(test, Arm.Endpoint("Succeeded", Split, tags: Marked));

        await test.Workspace.SetTrafficAsync(new("heart", Before, Wanted, Mark), progress: null, CancellationToken.None);

        Assert.That(test.Service.Writes, Is.Empty);
    }

    [TestCase(409, "Conflict")]
    [TestCase(400, "Cannot update the endpoint because it is in Updating provisioning state")]
    public async Task A_busy_endpoint_is_waited_for_and_read_again_before_the_next_try(int status, string message)
    {
        using var test = new TestWorkspace();
        Script(
            test,
            Arm.Endpoint("Succeeded", BlueOnly),
            Arm.Endpoint("Updating", BlueOnly),
            Arm.Endpoint("Succeeded", BlueOnly),
            Arm.Endpoint("Succeeded", BlueOnly),
            Arm.Endpoint("Succeeded", Split));
        test.Service.On(
            "PUT",
            "/onlineEndpoints/heart",
            _ => ScriptedService.Answer(status, Arm.Error("Busy", message)),
            _ => Accepted());

        await test.Workspace.SetTrafficAsync(new("heart", Before, Wanted, Mark: null), test.Progress, CancellationToken.None);

        Assert.That(test.Service.Writes, Has.Count.EqualTo(2));
        Assert.That(test.Progress.States, Has.Some.EqualTo("Busy").And.Some.EqualTo("heart Updating"));
    }

    [Test]
    public async Task A_refusal_that_stays_is_said_aloud_well_before_the_operations_time_out()
    {
        using var test = new TestWorkspace();
        Script(test, Arm.Endpoint("Succeeded", BlueOnly));
        test.Service.On("PUT", "/onlineEndpoints/heart", 409, Arm.Error("Conflict", "The name is taken."));

        var refusal = await Assert.ThrowsAsync<WorkspaceCallException>(
            () => test.Workspace.SetTrafficAsync(new("heart", Before, Wanted, Mark), progress: null, CancellationToken.None));

        Assert.That(refusal!.Message, Is.EqualTo(
            "Could not set the traffic of endpoint heart to [blue 90 %, green 10 %]: Conflict: The name is taken."));
        Assert.That(test.Time.Waits.Aggregate(TimeSpan.Zero, (sum, wait) => sum + wait), Is.LessThan(TimeSpan.FromMinutes(3)));
    }

    [Test]
    public async Task The_endpoint_is_settled_before_it_is_written()
    {
        using var test = new TestWorkspace();
        Script(
            test,
            Arm.Endpoint("Updating", BlueOnly),
            Arm.Endpoint("Updating", BlueOnly),
            Arm.Endpoint("Succeeded", BlueOnly),
            Arm.Endpoint("Succeeded", Split));

        await test.Workspace.SetTrafficAsync(new("heart", Before, Wanted, Mark: null), progress: null, CancellationToken.None);

        var methods = test.Service.Requests.TakeWhile(request => request.Method != "PUT").ToList();
        Assert.That(methods, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Reads_that_get_no_answer_are_repeated()
    {
        using var test = new TestWorkspace();
        Script(test, Arm.Endpoint("Succeeded", BlueOnly));
        test.Service.On(
            "GET",
            "/onlineEndpoints/heart",
            _ => ScriptedService.Answer(StatusThatTheSdkDoesNotRetry),
            _ => ScriptedService.Answer(200, Arm.Endpoint("Succeeded", BlueOnly)),
            _ => ScriptedService.Answer(200, Arm.Endpoint("Succeeded", BlueOnly)),
            _ => ScriptedService.Answer(StatusThatTheSdkDoesNotRetry),
            _ => ScriptedService.Answer(200, Arm.Endpoint("Succeeded", Split)));

        await test.Workspace.SetTrafficAsync(new("heart", Before, Wanted, Mark: null), test.Progress, CancellationToken.None);

        Assert.That(test.Progress.States.Count(state => state.StartsWith("No answer", StringComparison.Ordinal)), Is.EqualTo(2));
        Assert.That(test.Service.Writes, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_write_whose_answer_was_lost_is_found_done_and_not_repeated()
    {
        using var test = new TestWorkspace();
        Script(test, Arm.Endpoint("Succeeded", BlueOnly), Arm.Endpoint("Updating", BlueOnly), Arm.Endpoint("Succeeded", Split));
        test.Service.On("PUT", "/onlineEndpoints/heart", _ => throw new HttpRequestException("The connection was reset."));

        await test.Workspace.SetTrafficAsync(new("heart", Before, Wanted, Mark: null), test.Progress, CancellationToken.None);

        Assert.That(test.Service.Writes, Has.Count.EqualTo(1));
        Assert.That(test.Progress.States, Has.Some.StartsWith("No answer, looking what is there").And.Some.EqualTo("heart Updating"));
    }

    [TestCase(500)]
    [TestCase(503)]
    [TestCase(408)]
    public async Task A_write_that_the_service_failed_to_answer_is_sent_again_only_after_a_look(int status)
    {
        using var test = new TestWorkspace();
        Script(test, Arm.Endpoint("Succeeded", BlueOnly), Arm.Endpoint("Succeeded", BlueOnly), Arm.Endpoint("Succeeded", Split));
        test.Service.On(
            "PUT", "/onlineEndpoints/heart", _ => ScriptedService.Answer(status, Arm.Error("InternalServerError", "oops")), _ => Accepted());

        await test.Workspace.SetTrafficAsync(new("heart", Before, Wanted, Mark: null), progress: null, CancellationToken.None);

        var methods = test.Service.Requests.Select(request => request.Method).ToList();
        var first = methods.IndexOf("PUT");
        Assert.That(methods.Skip(first).Take(3), Is.EqualTo(new[] { "PUT", "GET", "PUT" }));
    }

    [Test]
    public async Task A_throttled_write_waits_as_long_as_the_service_asks_and_longer_than_a_refused_one()
    {
        using var test = new TestWorkspace();
        Script(test, [.. Enumerable.Repeat(Arm.Endpoint("Succeeded", BlueOnly), 4), Arm.Endpoint("Succeeded", Split)]);
        var throttled = (Func<SentRequest, HttpResponseMessage>)(
            _ => ScriptedService.Answer(429, Arm.Error("TooManyRequests", "later"), ("Retry-After", "100")));
        test.Service.On("PUT", "/onlineEndpoints/heart", throttled, throttled, throttled, _ => Accepted());

        await test.Workspace.SetTrafficAsync(new("heart", Before, Wanted, Mark: null), test.Progress, CancellationToken.None);

        Assert.That(test.Time.Waits.Count(wait => wait == TimeSpan.FromSeconds(100)), Is.EqualTo(3));
        Assert.That(test.Progress.States, Has.Some.EqualTo("Throttled"));
    }

    [Test]
    public async Task A_throttled_write_is_not_tried_again_when_nothing_may_be_written_by_then()
    {
        using var test = new TestWorkspace();
        Script(test, Arm.Endpoint("Succeeded", BlueOnly));
        test.Service.On(
            "PUT", "/onlineEndpoints/heart", _ => ScriptedService.Answer(429, Arm.Error("TooManyRequests", "later"), ("Retry-After", "15")), _ => Accepted());
        var tries = 0;
        test.Workspace.GuardWrites(_ => ++tries == 1 ? Task.FromResult(WriteLeave.Free) : throw new LockLostException("the journal"));

        await Assert.ThrowsAsync<LockLostException>(
            () => test.Workspace.SetTrafficAsync(new("heart", Before, Wanted, Mark), progress: null, CancellationToken.None));

        Assert.That(test.Service.Writes, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_operation_that_the_service_has_forgotten_is_judged_by_what_is_there()
    {
        using var test = new TestWorkspace();
        Script(test, Arm.Endpoint("Succeeded", BlueOnly), Arm.Endpoint("Succeeded", Split));
        test.Service.On("GET", Arm.PollPath, 404, Arm.Error("NotFound", "no such operation"));

        await test.Workspace.SetTrafficAsync(new("heart", Before, Wanted, Mark: null), progress: null, CancellationToken.None);

        Assert.That(test.Service.Writes, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Answers_that_are_cut_off_are_read_again()
    {
        using var test = new TestWorkspace();
        Script(
            test,
            Arm.Endpoint("Succeeded", BlueOnly)[..40],
            Arm.Endpoint("Succeeded", BlueOnly),
            Arm.Endpoint("Succeeded", Split)[..60],
            Arm.Endpoint("Succeeded", Split));

        await test.Workspace.SetTrafficAsync(new("heart", Before, Wanted, Mark: null), progress: null, CancellationToken.None);

        Assert.That(test.Service.Writes, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_refusal_stays_no_lag_as_long_as_the_service_shows_what_it_is_busy_with()
    {
        using var test = new TestWorkspace();
        Script(test, Arm.Endpoint("Succeeded", BlueOnly));
        var busyList = (Func<SentRequest, HttpResponseMessage>)(_ => ScriptedService.Answer(200, Arm.List(Arm.Deployment("red", "Updating"))));
        test.Service
            .On("GET", "/onlineEndpoints/heart/deployments", [.. Enumerable.Repeat(busyList, 60), _ => ScriptedService.Answer(200, Arm.List())])
            .On(
                "PUT",
                "/onlineEndpoints/heart",
                _ => ScriptedService.Answer(409, Arm.Error("Conflict", "busy")),
                _ => ScriptedService.Answer(409, Arm.Error("Conflict", "busy")),
                _ =>
                {
                    test.Service.On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded", Split));
                    return Accepted();
                });

        await test.Workspace.SetTrafficAsync(new("heart", Before, Wanted, Mark: null), test.Progress, CancellationToken.None);

        Assert.That(test.Service.Writes, Has.Count.EqualTo(3));
        Assert.That(test.Time.GetUtcNow() - InstantTime.Start, Is.GreaterThan(TimeSpan.FromMinutes(2)));
    }

    [Test]
    public async Task A_missing_endpoint_is_named()
    {
        using var test = new TestWorkspace();
        test.Service.On("GET", "/onlineEndpoints/heart", 404, Arm.Error("ResourceNotFound", "gone"));

        var missing = await Assert.ThrowsAsync<WorkspaceCallException>(
            () => test.Workspace.SetTrafficAsync(new("heart", Before, Wanted, Mark), progress: null, CancellationToken.None));

        Assert.That((missing!.Code, missing.Message), Is.EqualTo((
            "ResourceNotFound",
            "Could not set the traffic of endpoint heart to [blue 90 %, green 10 %]: ResourceNotFound: "
            + "The endpoint 'heart' does not exist.")));
    }

    [Test]
    public async Task A_mark_alone_is_a_patch_of_the_tags_that_keeps_the_others()
    {
        using var test = new TestWorkspace();
        var passed = Marked.Replace("canary", "passed", StringComparison.Ordinal);
        Script(test, Arm.Endpoint("Succeeded", BlueOnly, tags: Marked), Arm.Endpoint("Succeeded", BlueOnly, tags: passed));
        test.Service.On("PATCH", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded", BlueOnly, tags: passed));

        await test.Workspace.SetMarkAsync("heart", Mark, Mark with { Status = RolloutStatus.Passed }, CancellationToken.None);

        var sent = test.Service.Writes.Single();
        Assert.That(sent.Method, Is.EqualTo("PATCH"));
        Assert.That(sent.Json.AsObject().Select(member => member.Key), Is.EqualTo(new[] { "tags" }));
        Assert.That(JsonNode.DeepEquals(sent.Json["tags"], JsonNode.Parse(passed)), sent.Body);
    }

    [Test]
    public async Task A_mark_that_is_there_already_is_not_written_again()
    {
        using var test = new TestWorkspace();
        test.Service.On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded", BlueOnly, tags: Marked));

        await test.Workspace.SetMarkAsync("heart", Mark with { Status = RolloutStatus.Passed }, Mark, CancellationToken.None);

        Assert.That(test.Service.Writes, Is.Empty);
    }

    /// <summary>Scripts what the endpoint reads as, look by look; the poller's own look after success is one of them.</summary>
    private static void Script(TestWorkspace test, params string[] looks)
    {
        // The first look is before the write, and success is followed by one of the operation itself.
        var answers = looks.Select(look => (Func<SentRequest, HttpResponseMessage>)(_ => ScriptedService.Answer(200, look)));
        test.Service
            .On("GET", "/onlineEndpoints/heart", [.. answers])
            .On("GET", "/onlineEndpoints/heart/deployments", 200, Arm.List())
            .On("PUT", "/onlineEndpoints/heart", _ => Accepted());
        test.OperationSucceeds();
    }

    private static HttpResponseMessage Accepted() =>
        ScriptedService.Answer(201, Arm.Endpoint("Updating", BlueOnly), ("Azure-AsyncOperation", Arm.PollUri));
}
