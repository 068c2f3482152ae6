using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts;

[Category("Unit")]
internal sealed class EndpointCallerTests
{
    [Test]
    public async Task In_three_days_of_requests_none_is_refused_although_tokens_last_one()
    {
        var endpoint = new GuardedEndpoint(AuthMode.AmlToken);
        var caller = Caller(endpoint);
        var answers = new List<int>();

        for (var minute = 0; minute < 3 * 24 * 60; minute++)
        {
            answers.Add((await ScoreAsync(caller)).Status);
            endpoint.Time.Advance(TimeSpan.FromMinutes(1));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers, Has.All.EqualTo(200));
            Assert.That(endpoint.Sent, Is.EqualTo(answers.Count), "A request was sent twice.");
            Assert.That(endpoint.Reads, Is.EqualTo(6), "One token each twelve hours.");
        }
    }

    [Test]
    public async Task A_token_that_is_still_valid_goes_on_while_no_other_can_be_had_and_is_not_asked_for_with_every_request()
    {
        var endpoint = new GuardedEndpoint(AuthMode.AmlToken);
        var caller = Caller(endpoint);
        await ScoreAsync(caller);
        endpoint.IsOutOfReach = true;
        endpoint.Time.Advance(TimeSpan.FromHours(13));

        var answers = new List<int>();
        for (var second = 0; second < 60; second++)
        {
            answers.Add((await ScoreAsync(caller)).Status);
            endpoint.Time.Advance(TimeSpan.FromSeconds(1));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers, Has.All.EqualTo(200));
            Assert.That(endpoint.Reads, Is.EqualTo(1 + 2), "Once at the start, then every thirty seconds.");
        }
    }

    [Test]
    public async Task A_token_that_has_ended_is_not_sent()
    {
        var endpoint = new GuardedEndpoint(AuthMode.AadToken);
        var caller = Caller(endpoint);
        await ScoreAsync(caller);
        endpoint.IsOutOfReach = true;
        endpoint.Time.Advance(TimeSpan.FromHours(24));

        await Assert.ThatAsync(() => ScoreAsync(caller), Throws.TypeOf<WorkspaceCallException>());

        Assert.That(endpoint.Sent, Is.EqualTo(1));
    }

    [Test]
    public async Task A_refused_key_is_read_again_and_the_request_sent_once_more()
    {
        var endpoint = new GuardedEndpoint();
        var caller = Caller(endpoint);
        await ScoreAsync(caller);
        endpoint.Opening.Remove(endpoint.Shown.Primary);
        endpoint.Shown = endpoint.Shown with { Primary = "a new one" };
        endpoint.Opening.Add("a new one");

        var refused = await ScoreAsync(caller);
        var next = await ScoreAsync(caller);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((refused.Status, next.Status), Is.EqualTo((200, 200)));
            Assert.That((endpoint.Reads, endpoint.Sent), Is.EqualTo((2, 4)));
        }
    }

    [Test]
    public async Task While_the_refused_keys_successor_is_neither_shown_nor_opens_the_endpoint_the_other_key_serves_and_then_the_first_again()
    {
        var endpoint = new GuardedEndpoint();
        var caller = Caller(endpoint);
        await ScoreAsync(caller);
        var (primary, secondary) = endpoint.Shown;

        endpoint.Opening.Remove(primary);
        var first = await ScoreAsync(caller);
        endpoint.Opening.Add(primary);
        endpoint.Opening.Remove(secondary);
        var second = await ScoreAsync(caller);

        Assert.That((first.Status, second.Status), Is.EqualTo((200, 200)));
    }

    [Test]
    public async Task A_key_that_is_refused_again_counts()
    {
        var endpoint = new GuardedEndpoint();
        var caller = Caller(endpoint);
        endpoint.Opening.Clear();

        var answer = await ScoreAsync(caller);

        Assert.That((answer.Status, endpoint.Sent, endpoint.Reads), Is.EqualTo((401, 2, 2)));
    }

    [Test]
    public async Task Of_many_refused_requests_one_reads_the_keys()
    {
        var endpoint = new GuardedEndpoint();
        var caller = Caller(endpoint);
        await ScoreAsync(caller);
        endpoint.Opening.Remove(endpoint.Shown.Primary);
        endpoint.Shown = endpoint.Shown with { Primary = "a new one" };
        endpoint.Opening.Add("a new one");

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => ScoreAsync(caller))));

        Assert.That(answers.Select(answer => answer.Status), Has.All.EqualTo(200));
        Assert.That(endpoint.Reads, Is.EqualTo(2));
    }

    private static EndpointCaller Caller(GuardedEndpoint endpoint) => new(endpoint.Workspace, endpoint, Specs.Endpoint, endpoint.Time);

    private static Task<ScoringAnswer> ScoreAsync(EndpointCaller caller) => caller.ScoreAsync("{}", deployment: null, CancellationToken.None);
}
