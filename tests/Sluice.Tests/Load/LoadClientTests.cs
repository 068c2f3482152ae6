using Sluice.Load;
using Sluice.Rollouts;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Ports;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Load;

[Category("Unit")]
internal sealed class LoadClientTests
{
    /// <summary>Rates whose pauses are no whole milliseconds are those that timers get wrong.</summary>
    [TestCase(0.7, 7)]
    [TestCase(30, 300)]
    [TestCase(300, 3_000)]
    [TestCase(334, 3_340)]
    [TestCase(499, 4_990)]
    public async Task As_many_requests_are_sent_as_the_rate_says(double rate, int due)
    {
        var (sent, counted) = await SendAsync(rate, ticks: 2_000, TimeSpan.FromMilliseconds(5));

        Assert.That((sent, counted), Is.EqualTo((due, due)));
    }

    [Test]
    public async Task A_machine_that_stood_still_makes_up_for_a_moment_and_no_more()
    {
        var (sent, counted) = await SendAsync(rate: 100, ticks: 10, TimeSpan.FromSeconds(1));

        Assert.That((sent, counted), Is.EqualTo((10 * 10, 1_000)));
    }

    private static async Task<(int Sent, long Due)> SendAsync(double rate, int ticks, TimeSpan tick)
    {
        using var over = new CancellationTokenSource();
        var time = new ManualTime();
        time.OnWait = pause =>
        {
            // Each wait takes as long as the machine has it take.
            if (ticks-- > 0)
            {
                time.Advance(tick - pause);
            }
            else
            {
                over.Cancel();
                time.Advance(-pause);
            }
        };
        var model = new AtOnce();
        var workspace = new Rehearsal().Workspace;
        workspace.Access = () => new(new Uri("https://localhost/score"), new Secret("a key of the test"));
        var caller = new EndpointCaller(workspace, model, Specs.Endpoint, time);

        var due = await new LoadClient(caller, ["[1]"], rate, time).RunAsync(() => _ => { }, over.Token);

        return (model.Requests, due);
    }

    /// <summary>A model that answers at once.</summary>
    private sealed class AtOnce : IScoringClient
    {
        public int Requests { get; private set; }

        public Task<ScoringAnswer> ScoreAsync(ScoringAccess access, string body, string? deployment, CancellationToken cancellationToken)
        {
            Requests++;
            return Task.FromResult(new ScoringAnswer(200, "default", "[1]", TimeSpan.Zero));
        }
    }
}
