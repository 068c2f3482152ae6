using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;
using Sluice.Tests.Rollouts.Rehearsals;

namespace Sluice.Tests.Rollouts;

[TestFixture]
[Category("Unit")]
internal sealed class BusyDeploymentTests
{
    [TestCase(1, null, 1)]
    [TestCase(1, 3, 3)]
    [TestCase(2, 1, 2)]
    [TestCase(3, 10, 4)]
    public async Task A_deployment_gets_no_more_requests_at_once_than_it_takes(int instances, int? each, int most)
    {
        var rehearsal = RehearsalOf(instances, each);
        var watched = new Watched(rehearsal.Scoring);
        rehearsal.WayToModels = _ => watched;

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.Multiple(() =>
        {
            Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
            Assert.That(watched.MostAtOnce, Is.GreaterThan(0).And.LessThanOrEqualTo(most));
        });
    }

    [Test]
    public async Task A_request_that_a_deployment_had_no_place_for_is_sent_again()
    {
        var rehearsal = RehearsalOf(1, null);
        var full = new Full(rehearsal.Scoring, refusals: 2);
        rehearsal.WayToModels = _ => full;

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Done), result.Why);
        Assert.That(rehearsal.Scoring.Requests, Is.Not.Empty);
    }

    [Test]
    public async Task A_deployment_that_has_no_place_for_long_fails()
    {
        var rehearsal = RehearsalOf(1, null);
        var full = new Full(rehearsal.Scoring, refusals: int.MaxValue);
        rehearsal.WayToModels = _ => full;

        var result = await rehearsal.RunAsync(Rehearsal.Line);

        Assert.That((result.Stage, result.Outcome), Is.EqualTo((Stage.Blue, Outcome.Failed)), result.Why);
        Assert.That(result.Why, Does.Contain("HTTP 429"));
    }

    [TestCase(2, 3, 6L)]
    [TestCase(1, 1, 1L)]
    public void What_a_deployment_takes_at_once_is_that_of_all_its_instances(int instances, int each, long atOnce)
    {
        var deployment = new DeploymentState
        {
            Name = "blue",
            State = ProvisioningState.Succeeded,
            InstanceCount = instances,
            MaxConcurrentRequests = each,
        };

        Assert.That(deployment.RequestsAtOnce, Is.EqualTo(atOnce));
    }

    private static Rehearsal RehearsalOf(int instances, int? each)
    {
        var spec = Specs.First;
        return new(spec with { Blue = Sized(spec.Blue), Green = Sized(spec.Green) });

        DeploymentSpec Sized(DeploymentSpec deployment) => deployment with
        {
            InstanceCount = instances,
            RequestSettings = each is null ? null : new(null, each, null),
        };
    }

    /// <summary>Counts the requests that are under way at once, and gives others the time to come in between.</summary>
    private sealed class Watched(IScoringClient inner) : IScoringClient
    {
        private readonly Lock _turn = new();
        private int _underWay;

        public int MostAtOnce { get; private set; }

        public async Task<ScoringAnswer> ScoreAsync(ScoringAccess access, string body, string? deployment, CancellationToken cancellationToken)
        {
            Count(1);
            for (var turn = 0; turn < 100; turn++)
            {
                await Task.Yield();
            }

            var answer = await inner.ScoreAsync(access, body, deployment, cancellationToken);
            Count(-1);
            return answer;
        }

        private void Count(int change)
        {
            lock (_turn)
            {
                _underWay += change;
                MostAtOnce = Math.Max(MostAtOnce, _underWay);
            }
        }
    }

    /// <summary>Refuses every request so many times before it lets it through.</summary>
    private sealed class Full(IScoringClient inner, int refusals) : IScoringClient
    {
        private int _refused;

        public Task<ScoringAnswer> ScoreAsync(ScoringAccess access, string body, string? deployment, CancellationToken cancellationToken)
        {
            if (_refused == refusals)
            {
                _refused = 0;
                return inner.ScoreAsync(access, body, deployment, cancellationToken);
            }

            _refused++;
            return Task.FromResult(new ScoringAnswer(429, deployment, "too many requests", TimeSpan.Zero));
        }
    }
}
