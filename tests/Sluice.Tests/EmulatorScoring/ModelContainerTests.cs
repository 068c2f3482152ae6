using Sluice.Emulator;
using Sluice.Emulator.Operations;

namespace Sluice.Tests.EmulatorScoring;

[TestFixture]
[Category("Unit")]
internal sealed class ModelContainerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public async Task That_a_script_fails_to_end_is_told_to_whoever_stops_the_container_and_not_to_the_last_request()
    {
        var script = new TestScript("blue") { FailsToEnd = true };
        var container = script.Serve(Clocks.Both(TimeProvider.System));
        script.Hold();
        var request = Task.Run(() => container.Score("""{"input_data": 1}"""));
        await script.EnteredAsync();
        var stopping = container.DisposeAsync().AsTask();
        script.Release();

        await Assert.ThrowsAsync<InvalidOperationException>(() => stopping.WaitAsync(Patience));
        Assert.That((await request).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_container_that_fails_to_end_keeps_no_other_one_from_ending()
    {
        var containers = new RunningContainers();
        List<TestScript> scripts = [.. Enumerable.Range(0, 3).Select(number => new TestScript($"{number}") { FailsToEnd = true })];
        foreach (var script in scripts)
        {
            containers.Add(Guid.NewGuid(), script.Serve(Clocks.Both(TimeProvider.System)));
        }

        await Assert.ThrowsAsync<InvalidOperationException>(() => containers.DisposeAsync().AsTask().WaitAsync(Patience));
        Assert.That(scripts.Select(script => script.IsDisposed), Is.All.True);
    }
}
