using Azure;
using Sluice.AzureML.Faults;
using Sluice.Rollouts.Ports;

namespace Sluice.Tests.AzureML;

[TestFixture]
[Category("Unit")]
internal sealed class WorkspaceCallTests
{
    private static readonly Exception[] Failures =
    [
        new RequestFailedException("no answer"),
        new AggregateException(new RequestFailedException("no answer"), new RequestFailedException("none again")),
        new HttpRequestException("no way"),
    ];

    [TestCaseSource(nameof(Failures))]
    public void A_failure_says_which_call_it_was(Exception failure) => Assert.That(
        () => WorkspaceCall.RunAsync("append to the journal", () => throw failure, CancellationToken.None),
        Throws.TypeOf<WorkspaceCallException>().With.Message.StartsWith("Could not append to the journal: "));

    [TestCaseSource(nameof(Failures))]
    public void Whatever_a_call_fails_with_once_the_run_was_ended_the_run_was_ended(Exception failure)
    {
        using var run = new CancellationTokenSource();
        run.Cancel();

        Assert.That(
            () => WorkspaceCall.RunAsync("append to the journal", () => throw failure, run.Token),
            Throws.TypeOf<OperationCanceledException>().With.InnerException.SameAs(failure));
    }

    [Test]
    public void A_cancellation_that_nobody_asked_for_is_a_time_out() => Assert.That(
        () => WorkspaceCall.RunAsync("read the endpoint", () => throw new TaskCanceledException(), CancellationToken.None),
        Throws.TypeOf<WorkspaceCallException>().With.Property("Code").EqualTo("Timeout"));

    [Test]
    public void A_mistake_of_the_program_stays_one() => Assert.That(
        () => WorkspaceCall.RunAsync("read the endpoint", () => throw new NotSupportedException(), CancellationToken.None),
        Throws.TypeOf<NotSupportedException>());
}
