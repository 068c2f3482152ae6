using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;
using Sluice.Tests.AzureResourceManagerMachineLearning;

namespace Sluice.Tests.AzureML;

[Category("Unit")]
internal sealed class RecentReadTests
{
    private const string BlueOnly = """{"blue":100}""";
    private const string Split = """{"blue":90,"green":10}""";
    private static readonly ModelSpec Heart = new("heart", new WorkspaceModel("heart", "1"), null);
    private static readonly TrafficChange Change = new("heart", Traffic.AllTo("blue"), Traffic.Split("blue", "green", 10), Mark: null);

    [Test]
    public async Task What_was_just_read_is_not_read_again()
    {
        using var test = There();

        await ObserveAsync(test);
        await ObserveAsync(test);

        Assert.That(Sent(test), Is.EquivalentTo(new[] { "GET versions", "GET heart", "GET deployments" }));
    }

    [Test]
    public async Task Who_has_waited_sees_the_endpoint_anew_and_a_version_that_was_found_does_not_change()
    {
        using var test = There();

        await ObserveAsync(test);
        test.Workspace.Forget();
        await ObserveAsync(test);

        Assert.That(
            Sent(test), Is.EquivalentTo(new[] { "GET versions", "GET heart", "GET deployments", "GET heart", "GET deployments" }));
    }

    [Test]
    public async Task A_list_that_lacks_what_is_wanted_is_read_anew()
    {
        using var test = There();

        await test.Workspace.ObserveAsync(Heart with { Baseline = new WorkspaceModel("heart", "7") }, "heart", CancellationToken.None);
        test.Workspace.Forget();
        await test.Workspace.ObserveAsync(Heart with { Baseline = new WorkspaceModel("heart", "7") }, "heart", CancellationToken.None);

        Assert.That(Sent(test).Count(sent => sent == "GET versions"), Is.EqualTo(2));
    }

    [Test]
    public async Task An_endpoint_that_was_seen_seconds_ago_is_seen_anew()
    {
        using var test = There();

        await ObserveAsync(test);
        await Task.Delay(TimeSpan.FromSeconds(3), test.Time);
        await ObserveAsync(test);

        Assert.That(Sent(test).Count(sent => sent == "GET heart"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_traffic_write_reads_for_itself_and_the_look_after_it_begins_with_what_it_ended_with()
    {
        using var test = There(BlueOnly, BlueOnly, Split);
        test.OperationSucceeds();

        await ObserveAsync(test);
        await test.Workspace.SetTrafficAsync(Change, progress: null, CancellationToken.None);
        var state = await ObserveAsync(test);

        Assert.That(state.Endpoint!.Traffic, Is.EqualTo(Change.Wanted));
        Assert.That(
            Sent(test).SkipWhile(sent => sent != "PUT heart"),
            Is.EqualTo(new[] { "PUT heart", "GET heart" }));
        Assert.That(Sent(test).TakeWhile(sent => sent != "PUT heart").Count(sent => sent == "GET heart"), Is.EqualTo(2));
    }

    private static TestWorkspace There(params string[] traffic)
    {
        var test = new TestWorkspace();
        test.Service
            .On("GET", "/models/heart/versions", 200, Arm.List($$"""
                {"id":"{{Arm.Base}}/models/heart/versions/1","name":"1","type":"Microsoft.MachineLearningServices/workspaces/models/versions",
                 "properties":{"modelUri":"azureml://x","tags":{ } } }
                """))
            .On("GET", "/onlineEndpoints/heart", [.. (traffic.Length == 0 ? [BlueOnly] : traffic).Select(
                map => (Func<SentRequest, HttpResponseMessage>)(_ => ScriptedService.Answer(200, Arm.Endpoint("Succeeded", map))))])
            .On("GET", "/onlineEndpoints/heart/deployments", 200, Arm.List(Arm.Deployment("blue", "Succeeded")))
            .On("PUT", "/onlineEndpoints/heart", 201, Arm.Endpoint("Updating", BlueOnly), ("Azure-AsyncOperation", Arm.PollUri));
        return test;
    }

    private static Task<WorkspaceState> ObserveAsync(TestWorkspace test) =>
        test.Workspace.ObserveAsync(Heart, "heart", CancellationToken.None);

    private static IReadOnlyList<string> Sent(TestWorkspace test) =>
        [.. test.Service.Requests.Where(request => request.Path != Arm.PollPath).Select(request => $"{request.Method} {request.Path.Split('/')[^1]}")];
}
