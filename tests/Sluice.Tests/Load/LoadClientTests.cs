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

    /// <summary>More would only queue up where they are answered, and take everything else's turn there.</summary>
    [TestCase(40, 50)]
    [TestCase(500, 50)]
    [TestCase(900, 90)]
    public async Task Where_no_answer_comes_a_tenth_of_a_seconds_requests_wait_for_one_but_at_least_50(double rate, int underWay)
    {
        var model = new Silent();
        var sent = 0;

        await SendAsync(rate, ticks: 400, TimeSpan.FromMilliseconds(5), model, left =>
        {
            if (left == 0)
            {
                sent = model.Requests;
                model.Speak();
            }
        });

        Assert.That(sent, Is.EqualTo(underWay));
    }

    [Test]
    public async Task An_answer_makes_room_for_another_request()
    {
        var model = new Silent();
        var sent = 0;

        await SendAsync(rate: 500, ticks: 400, TimeSpan.FromMilliseconds(5), model, left =>
        {
            if (left == 200)
            {
                model.Answer(7);
            }
            else if (left == 0)
            {
                sent = model.Requests;
                model.Speak();
            }
        });

        Assert.That(sent, Is.EqualTo(50 + 7));
    }

    private static Task<(int Sent, long Due)> SendAsync(double rate, int ticks, TimeSpan tick) => SendAsync(rate, ticks, tick, new AtOnce());

    private static async Task<(int Sent, long Due)> SendAsync(
        double rate, int ticks, TimeSpan tick, CountedModel model, Action<int>? atTick = null)
    {
        using var over = new CancellationTokenSource();
        var time = new ManualTime();
        time.OnWait = pause =>
        {
            // Each wait takes as long as the machine has it take.
            if (ticks-- > 0)
            {
                atTick?.Invoke(ticks);
                time.Advance(tick - pause);
            }
            else
            {
                over.Cancel();
                time.Advance(-pause);
            }
        };
        var workspace = new Rehearsal().Workspace;
        workspace.Access = () => new(new Uri("https://localhost/score"), new Secret("a key of the test"));
        var caller = new EndpointCaller(workspace, model, Specs.Endpoint, time);

        var due = await new LoadClient(caller, ["[1]"], rate, time).RunAsync(() => _ => { }, over.Token);

        return (model.Requests, due);
    }

    private abstract class CountedModel : IScoringClient
    {
        public int Requests { get; private set; }

        public Task<ScoringAnswer> ScoreAsync(ScoringAccess access, string body, string? deployment, CancellationToken cancellationToken)
        {
            Requests++;
            return AnswerAsync(new ScoringAnswer(200, "default", "[1]", TimeSpan.Zero));
        }

        protected abstract Task<ScoringAnswer> AnswerAsync(ScoringAnswer answer);
    }

    private sealed class AtOnce : CountedModel
    {
        protected override Task<ScoringAnswer> AnswerAsync(ScoringAnswer answer) => Task.FromResult(answer);
    }

    /// <summary>A model that answers when the test says so, and from some moment on at once.</summary>
    private sealed class Silent : CountedModel
    {
        private readonly Queue<Action> _waiting = [];
        private bool _speaks;

        public void Answer(int requests)
        {
            for (; requests > 0; requests--)
            {
                _waiting.Dequeue()();
            }
        }

        public void Speak()
        {
            _speaks = true;
            Answer(_waiting.Count);
        }

        protected override Task<ScoringAnswer> AnswerAsync(ScoringAnswer answer)
        {
            if (_speaks)
            {
                return Task.FromResult(answer);
            }

            var answered = new TaskCompletionSource<ScoringAnswer>();
            _waiting.Enqueue(() => answered.SetResult(answer));
            return answered.Task;
        }
    }
}
