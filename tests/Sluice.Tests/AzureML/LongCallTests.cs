using Azure;
using Sluice.AzureML.Waiting;
using Sluice.Rollouts.Ports;
using Sluice.Tests.AzureResourceManagerMachineLearning;

namespace Sluice.Tests.AzureML;

[Category("Unit")]
internal sealed class LongCallTests
{
    [Test]
    public async Task The_first_poll_comes_at_once_and_the_pauses_grow()
    {
        using var test = new TestWorkspace();
        test.Service
            .On("DELETE", "/onlineEndpoints/heart", 202, "null", ("Azure-AsyncOperation", Arm.PollUri))
            .On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded"))
            .On("GET", Arm.PollPath, [.. Enumerable.Repeat(Answer(Arm.Running), 40), Answer(Arm.Succeeded)]);

        await test.Workspace.DeleteEndpointAsync("heart", test.Progress, CancellationToken.None);

        Assert.That(test.Time.Waits, Has.Count.EqualTo(40));
        Assert.That(test.Time.Waits, Is.Ordered);
        Assert.That(test.Time.Waits[0], Is.EqualTo(PollPause.Shortest));
        Assert.That(test.Time.Waits[^1], Is.GreaterThan(TimeSpan.FromMilliseconds(500)));
        Assert.That(test.Progress.States.Distinct(), Is.EqualTo(new[] { "Updating", "Succeeded" }));
        Assert.That(test.Progress.Reports.Select(report => report.Elapsed), Is.Ordered);
    }

    [Test]
    public async Task Retry_after_is_obeyed()
    {
        using var test = new TestWorkspace();
        test.Service
            .On("DELETE", "/onlineEndpoints/heart", 202, "null", ("Azure-AsyncOperation", Arm.PollUri))
            .On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded"))
            .On("GET", Arm.PollPath, _ => ScriptedService.Answer(200, Arm.Running, ("Retry-After", "17")), Answer(Arm.Succeeded));

        await test.Workspace.DeleteEndpointAsync("heart", progress: null, CancellationToken.None);

        Assert.That(test.Time.Waits, Is.EqualTo(new[] { TimeSpan.FromSeconds(17) }));
    }

    [Test]
    public async Task A_time_out_names_the_operation_the_resource_the_time_and_the_last_state()
    {
        using var test = new TestWorkspace();
        test.Service
            .On("DELETE", "/onlineEndpoints/heart", 202, "null", ("Azure-AsyncOperation", Arm.PollUri))
            .On("GET", "/onlineEndpoints/heart", 200, Arm.Endpoint("Succeeded"))
            .On("GET", Arm.PollPath, 200, """{"status":"Deleting"}""");

        var timeout = await Assert.ThrowsAsync<WorkspaceCallException>(
            () => test.Workspace.DeleteEndpointAsync("heart", progress: null, CancellationToken.None));

        Assert.That(timeout!.Code, Is.EqualTo("Timeout"));
        Assert.That(
            timeout.Message, Does.StartWith("Could not delete endpoint heart: Timeout: ").And.Contain("600 s").And.Contain("'Deleting'"));
    }

    [Test]
    public async Task A_poll_that_gets_no_answer_is_not_the_end_of_the_operation()
    {
        var time = new InstantTime();
        var call = new LongCall("test", TimeSpan.FromMinutes(1), progress: null, time);
        var operation = new FlakyOperation(failures: 3);

        await call.AwaitAsync(operation, CancellationToken.None);

        Assert.That(operation.HasCompleted);
        Assert.That(time.Waits, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_way_that_stays_broken_is_said_aloud_before_the_calls_own_time_out()
    {
        var time = new InstantTime();
        var call = new LongCall("test", TimeSpan.FromHours(1), progress: null, time);

        var failure = await Assert.ThrowsAsync<RequestFailedException>(
            () => call.AwaitAsync(new FlakyOperation(failures: int.MaxValue), CancellationToken.None));

        Assert.That(failure!.Status, Is.EqualTo(503));
        Assert.That(call.Elapsed, Is.LessThan(TimeSpan.FromMinutes(6)));
    }

    [Test]
    public async Task A_poll_that_is_forbidden_ends_the_wait()
    {
        var call = new LongCall("test", TimeSpan.FromMinutes(1), progress: null, new InstantTime());

        var refusal = await Assert.ThrowsAsync<RequestFailedException>(
            () => call.AwaitAsync(new FlakyOperation(failures: 1, status: 403), CancellationToken.None));

        Assert.That(refusal!.Status, Is.EqualTo(403));
    }

    [Test]
    public async Task A_cancelled_wait_ends_as_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        var call = new LongCall("test", TimeSpan.FromMinutes(1), progress: null, new InstantTime());

        await Assert.ThatAsync(() => call.PauseAsync(last: null, cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    private static Func<SentRequest, HttpResponseMessage> Answer(string body) => _ => ScriptedService.Answer(200, body);

    private sealed class FlakyOperation(int failures, int status = 503) : Operation
    {
        private int _polls;

        public override string Id => "flaky";

        public override bool HasCompleted => _polls > failures;

        public override Response GetRawResponse() => throw new InvalidOperationException("There was no answer yet.");

        public override Response UpdateStatus(CancellationToken cancellationToken = default) =>
            ++_polls <= failures ? throw new RequestFailedException(status, "no") : new EmptyResponse();

        public override ValueTask<Response> UpdateStatusAsync(CancellationToken cancellationToken = default) =>
            new(UpdateStatus(cancellationToken));
    }
}
