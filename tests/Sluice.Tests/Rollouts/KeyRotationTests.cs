using Sluice.Rollouts;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts;

[Category("Unit")]
internal sealed class KeyRotationTests
{
    [Test]
    public async Task The_secondary_key_is_first_and_both_are_new_at_the_end()
    {
        var endpoint = new GuardedEndpoint();
        var before = endpoint.Shown;

        var said = await RotateAsync(endpoint);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(endpoint.Shown.Primary, Is.Not.EqualTo(before.Primary));
            Assert.That(endpoint.Shown.Secondary, Is.Not.EqualTo(before.Secondary));
            Assert.That(endpoint.Opening, Is.EquivalentTo(new[] { endpoint.Shown.Primary, endpoint.Shown.Secondary }));
            Assert.That(said[0], Does.Contain("secondary").And.Contain("new"));
            Assert.That(said[1], Does.Contain("primary").And.Contain("new"));
            Assert.That(said, Has.None.Contains("secret-"));
        }
    }

    [TestCase(EndpointKey.Primary)]
    [TestCase(EndpointKey.Secondary)]
    public async Task One_key_alone_leaves_the_other_as_it_is(EndpointKey key)
    {
        var endpoint = new GuardedEndpoint();
        var before = endpoint.Shown;

        await RotateAsync(endpoint, key);

        Assert.That(endpoint.Shown.Primary == before.Primary, Is.EqualTo(key == EndpointKey.Secondary));
        Assert.That(endpoint.Shown.Secondary == before.Secondary, Is.EqualTo(key == EndpointKey.Primary));
    }

    [TestCase(0)]
    [TestCase(30)]
    public async Task At_each_moment_of_it_callers_get_their_answers(int secondsUntilANewKeyOpens)
    {
        var endpoint = new GuardedEndpoint();
        var caller = new EndpointCaller(endpoint.Workspace, endpoint, Specs.Endpoint, endpoint.Time);
        var answers = new List<int>();
        var pending = new List<(string Key, DateTimeOffset At)>();
        endpoint.OnRegenerated = (_, drawn) => pending.Add((drawn, endpoint.Time.GetUtcNow().AddSeconds(secondsUntilANewKeyOpens)));
        var isCalling = false;
        await caller.OpenAsync(CancellationToken.None);
        endpoint.Workspace.OnCall = _ => Call();
        endpoint.Time.OnWait = _ => Call();

        await RotateAsync(endpoint);

        Assert.That(answers, Has.Count.GreaterThan(5).And.All.EqualTo(200));

        void Call()
        {
            foreach (var (key, _) in pending.Where(entry => entry.At <= endpoint.Time.GetUtcNow()))
            {
                endpoint.Opening.Add(key);
            }

            if (!isCalling)
            {
                isCalling = true;
                answers.Add(caller.ScoreAsync("{}", deployment: null, CancellationToken.None).GetAwaiter().GetResult().Status);
                isCalling = false;
            }
        }
    }

    [Test]
    public async Task No_key_is_regenerated_while_the_other_one_does_not_open_the_endpoint()
    {
        var endpoint = new GuardedEndpoint();
        endpoint.Opening.Remove(endpoint.Shown.Secondary);
        var before = endpoint.Shown;

        var failure = await Assert.ThrowsAsync<RolloutException>(() => RotateAsync(endpoint, EndpointKey.Primary));

        Assert.That(endpoint.Shown, Is.EqualTo(before));
        Assert.That(failure!.Message, Does.Contain("secondary").And.Contain("401").And.Contain("No other key was changed"));
    }

    [Test]
    public async Task An_answer_that_says_nothing_of_the_key_is_no_proof_that_it_opens_the_endpoint()
    {
        var endpoint = new GuardedEndpoint { IsBusy = true };
        var before = endpoint.Shown;

        var failure = await Assert.ThrowsAsync<RolloutException>(() => RotateAsync(endpoint));

        Assert.That(endpoint.Shown, Is.EqualTo(before));
        Assert.That(failure!.Message, Does.Contain("429"));
    }

    [Test]
    public async Task A_new_secondary_key_that_never_opens_the_endpoint_keeps_the_primary_one()
    {
        var endpoint = new GuardedEndpoint { OnRegenerated = (_, _) => { } };
        var primary = endpoint.Shown.Primary;

        var failure = await Assert.ThrowsAsync<RolloutException>(() => RotateAsync(endpoint));

        Assert.That(endpoint.Shown.Primary, Is.EqualTo(primary));
        Assert.That(endpoint.Opening, Is.EquivalentTo(new[] { primary }));
        Assert.That(failure!.Message, Does.Contain("secondary").And.Not.Contain("secret-"));
    }

    [Test]
    public async Task A_failure_after_the_first_key_says_which_key_is_new()
    {
        var endpoint = new GuardedEndpoint();
        endpoint.OnRegenerated = (_, drawn) =>
        {
            endpoint.Opening.Add(drawn);
            endpoint.Workspace.Regenerate = _ => throw new WorkspaceCallException("regenerate the primary key", "Forbidden", "you may not");
        };

        var failure = await Assert.ThrowsAsync<RolloutException>(() => RotateAsync(endpoint));

        Assert.That(failure!.Message, Does.Contain("you may not").And.Contain("The secondary key is new"));
    }

    [TestCase(AuthMode.AmlToken)]
    [TestCase(AuthMode.AadToken)]
    public async Task An_endpoint_with_tokens_has_no_keys_to_rotate(AuthMode mode)
    {
        var said = await RotateAsync(new GuardedEndpoint(mode));

        Assert.That(said.Single(), Does.Contain("no keys to rotate"));
    }

    [Test]
    public async Task A_missing_endpoint_is_said()
    {
        var endpoint = new GuardedEndpoint();
        endpoint.Workspace.State = new([], null);

        var failure = await Assert.ThrowsAsync<RolloutException>(() => RotateAsync(endpoint));

        Assert.That(failure!.Message, Does.Contain("does not exist"));
    }

    private static async Task<List<string>> RotateAsync(GuardedEndpoint endpoint, EndpointKey? only = null)
    {
        var said = new List<string>();
        await foreach (var sentence in new KeyRotation(Specs.First, endpoint.Workspace, endpoint, endpoint.Time).RunAsync(only, CancellationToken.None))
        {
            said.Add(sentence);
        }

        return said;
    }
}
