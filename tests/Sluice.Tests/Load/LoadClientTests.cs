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

    [Test]
    public async Task A_run_that_is_cancelled_waits_a_moment_for_the_last_answers_and_counts_none_of_the_others()
    {
        var model = new Silent();
        using var person = new CancellationTokenSource();
        var answers = new List<ScoringAnswer>();
        var waits = new List<TimeSpan>();

        void Act(int left)
        {
            if (left == -1)
            {
                person.Cancel();
            }
            else if (left == -2)
            {
                model.Answer(7);
            }
        }

        var end = await RunAsync(rate: 500, ticks: 400, TimeSpan.FromMilliseconds(5), model, answers.Add, Act, waits.Add, person.Token);

        Assert.That(end.NotAwaited, Is.EqualTo(50 - 7));
        Assert.That(answers.Count(answer => answer.IsSuccess), Is.EqualTo(7));
        Assert.That(answers, Has.Count.EqualTo(7));
        Assert.That(waits[^1], Is.EqualTo(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public async Task A_run_that_is_not_cancelled_awaits_every_answer()
    {
        var model = new Silent();
        var answers = new List<ScoringAnswer>();
        var sending = RunAsync(rate: 500, ticks: 400, TimeSpan.FromMilliseconds(5), model, answers.Add);
        var isPatient = !sending.IsCompleted;

        model.Speak();
        var end = await sending;

        Assert.That(isPatient);
        Assert.That((end.NotAwaited, answers.Count), Is.EqualTo((0, 50)));
    }

    /// <summary>More of them than may be under way at once: they must not stay there for ever.</summary>
    [Test]
    public async Task An_unexpected_error_is_a_failed_request_and_silences_nobody()
    {
        var answers = new List<ScoringAnswer>();

        var end = await RunAsync(rate: 100, ticks: 400, TimeSpan.FromMilliseconds(5), new Broken(), answers.Add);

        Assert.That(answers, Has.Count.EqualTo(200).And.All.Matches<ScoringAnswer>(answer => answer is { Status: 0, Body: "broken" }));
        Assert.That(end, Is.EqualTo(new LoadEnd(200, 0)));
    }

    private static Task<(int Sent, long Due)> SendAsync(double rate, int ticks, TimeSpan tick) => SendAsync(rate, ticks, tick, new AtOnce());

    private static async Task<(int Sent, long Due)> SendAsync(
        double rate, int ticks, TimeSpan tick, CountedModel model, Action<int>? atTick = null)
    {
        var end = await RunAsync(rate, ticks, tick, model, _ => { }, atTick);
        return (model.Requests, end.Due);
    }

    /// <summary>Sends for so many ticks. The wait after them is number -1, and what is waited for at the end comes after that one.</summary>
    private static async Task<LoadEnd> RunAsync(
        double rate,
        int ticks,
        TimeSpan tick,
        CountedModel model,
        Action<ScoringAnswer> answered,
        Action<int>? atTick = null,
        Action<TimeSpan>? onWait = null,
        CancellationToken cancelled = default)
    {
        using var over = new CancellationTokenSource();
        var time = new ManualTime();
        time.OnWait = pause =>
        {
            // Each wait takes as long as the machine has it take.
            onWait?.Invoke(pause);
            ticks--;
            atTick?.Invoke(ticks);
            if (ticks >= 0)
            {
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

        return await new LoadClient(caller, ["[1]"], rate, time).RunAsync(() => answered, over.Token, cancelled);
    }

    private abstract class CountedModel : IScoringClient
    {
        public int Requests { get; private set; }

        public Task<ScoringAnswer> ScoreAsync(ScoringAccess access, string body, string? deployment, CancellationToken cancellationToken)
        {
            Requests++;
            return AnswerAsync(new ScoringAnswer(200, "default", "[1]", TimeSpan.Zero)).WaitAsync(cancellationToken);
        }

        protected abstract Task<ScoringAnswer> AnswerAsync(ScoringAnswer answer);
    }

    private sealed class AtOnce : CountedModel
    {
        protected override Task<ScoringAnswer> AnswerAsync(ScoringAnswer answer) => Task.FromResult(answer);
    }

    private sealed class Broken : CountedModel
    {
        protected override Task<ScoringAnswer> AnswerAsync(ScoringAnswer answer) => Task.FromException<ScoringAnswer>(new InvalidOperationException("broken"));
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
