using Sluice.Rollouts.Ports;
using Sluice.Tests.AzureResourceManagerMachineLearning;

namespace Sluice.Tests.AzureML;

[Category("Unit")]
internal sealed class KeyWriteTests
{
    private const string Regenerate = "/onlineEndpoints/heart/regenerateKeys";
    private const string Old = """{"primaryKey":"old-primary","secondaryKey":"old-secondary"}""";
    private const string NewSecondary = """{"primaryKey":"old-primary","secondaryKey":"new-secondary"}""";
    private const string NewPrimary = """{"primaryKey":"new-primary","secondaryKey":"old-secondary"}""";

    [TestCase(EndpointKey.Secondary, "Secondary", NewSecondary)]
    [TestCase(EndpointKey.Primary, "Primary", NewPrimary)]
    public async Task The_key_is_asked_for_once_and_read_until_it_is_new(EndpointKey key, string word, string after)
    {
        using var test = new TestWorkspace();
        ShowKeys(test, Old, Old, Old, Old, after);
        test.Service.On("POST", Regenerate, 202, "", ("Azure-AsyncOperation", Arm.PollUri), ("Location", Arm.PollUri));
        test.OperationSucceeds();

        await test.Workspace.RegenerateKeyAsync("heart", key, test.Progress, CancellationToken.None);

        Assert.That(Sent(test).Single().Body, Is.EqualTo($$"""{"keyType":"{{word}}"}"""));
        Assert.That(test.Progress.States, Has.Some.EqualTo("Reading back"));
    }

    [Test]
    public async Task An_answer_that_was_lost_is_no_reason_to_send_it_again_when_the_key_is_new()
    {
        using var test = new TestWorkspace();
        ShowKeys(test, Old, Old, NewSecondary);
        test.Service.On("POST", Regenerate, _ => throw new HttpRequestException("The connection was reset."));

        await test.Workspace.RegenerateKeyAsync("heart", EndpointKey.Secondary, progress: null, CancellationToken.None);

        Assert.That(Sent(test), Has.Length.EqualTo(1));
    }

    [TestCase(500)]
    [TestCase(503)]
    public async Task It_is_sent_again_when_the_keys_show_that_nothing_happened(int status)
    {
        using var test = new TestWorkspace();
        ShowKeys(test, Old, Old, Old, NewSecondary);
        test.Service.On(
            "POST",
            Regenerate,
            _ => ScriptedService.Answer(status, Arm.Error("ServerBusy", "later")),
            _ => ScriptedService.Answer(202, "", ("Azure-AsyncOperation", Arm.PollUri), ("Location", Arm.PollUri)));
        test.OperationSucceeds();

        await test.Workspace.RegenerateKeyAsync("heart", EndpointKey.Secondary, progress: null, CancellationToken.None);

        Assert.That(Sent(test), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task A_busy_endpoint_is_waited_for()
    {
        using var test = new TestWorkspace();
        ShowKeys(test, Old, Old, NewSecondary);
        test.Service
            .On(
                "GET",
                "/onlineEndpoints/heart",
                _ => ScriptedService.Answer(200, Arm.Endpoint("Updating")),
                _ => ScriptedService.Answer(200, Arm.Endpoint("Updating")),
                _ => ScriptedService.Answer(200, Arm.Endpoint("Succeeded")))
            .On("POST", Regenerate, 202, "", ("Azure-AsyncOperation", Arm.PollUri), ("Location", Arm.PollUri));
        test.OperationSucceeds();

        await test.Workspace.RegenerateKeyAsync("heart", EndpointKey.Secondary, test.Progress, CancellationToken.None);

        Assert.That(test.Progress.States, Has.Some.EqualTo("heart Updating"));
        Assert.That(Sent(test), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Somebody_elses_rotation_at_the_same_time_is_said()
    {
        using var test = new TestWorkspace();
        ShowKeys(test, Old, NewPrimary);

        var failure = await Assert.ThrowsAsync<WorkspaceCallException>(
            () => test.Workspace.RegenerateKeyAsync("heart", EndpointKey.Secondary, progress: null, CancellationToken.None));

        Assert.That(failure!.Code, Is.EqualTo("ForeignKeyChange"));
        Assert.That(Sent(test), Is.Empty);
        Assert.That(failure.ToString(), Does.Not.Contain("old-").And.Not.Contain("new-primary"));
    }

    [Test]
    public async Task An_endpoint_with_tokens_is_not_asked()
    {
        using var test = new TestWorkspace();
        test.Service.On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded", authMode: "AMLToken"));

        var failure = await Assert.ThrowsAsync<WorkspaceCallException>(
            () => test.Workspace.RegenerateKeyAsync("heart", EndpointKey.Primary, progress: null, CancellationToken.None));

        Assert.That(failure!.Code, Is.EqualTo("NoKeys"));
        Assert.That(Sent(test), Is.Empty);
    }

    private static void ShowKeys(TestWorkspace test, params string[] keys) => test.Service
        .On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded"))
        .On("POST", "/onlineEndpoints/heart/listKeys", [.. keys.Select(each => (Func<SentRequest, HttpResponseMessage>)(_ => ScriptedService.Answer(200, each)))]);

    private static SentRequest[] Sent(TestWorkspace test) =>
        [.. test.Service.Requests.Where(request => request.Path.EndsWith("/regenerateKeys", StringComparison.Ordinal))];
}
