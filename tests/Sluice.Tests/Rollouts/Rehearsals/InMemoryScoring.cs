using Sluice.Rollouts.Ports;

namespace Sluice.Tests.Rollouts.Rehearsals;

/// <summary>Deployments that answer, or fail, by script.</summary>
internal sealed class InMemoryScoring(InMemoryWorkspace workspace, ManualTime time) : IScoringClient
{
    private readonly Lock _lock = new();
    private readonly List<ScoredRequest> _requests = [];

    /// <summary>Whether a deployment answers its n-th request (from 0), if it is up at all.</summary>
    public Func<string, int, bool> Answers { get; set; } = (_, _) => true;

    /// <summary>What a deployment answers to a body.</summary>
    public Func<string, string, string> Bodies { get; set; } = (_, _) => "[1]";

    /// <summary>How long a deployment takes to answer its n-th request (from 0).</summary>
    public Func<string, int, TimeSpan> Latencies { get; set; } = (_, _) => TimeSpan.FromMilliseconds(3);

    public IReadOnlyList<ScoredRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    public Task<ScoringAnswer> ScoreAsync(ScoringAccess access, string body, string? deployment, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        workspace.Reach("score", CallMoment.Before, cancellationToken);
        lock (_lock)
        {
            var found = workspace.State.Endpoint?.Deployment(deployment);
            var earlier = _requests.Count(request => request.Deployment == deployment);
            var answered = found is { IsReady: true } && Answers(deployment, earlier);
            _requests.Add(new(time.GetUtcNow(), deployment, answered));
            return Task.FromResult(found is null
                ? new ScoringAnswer(404, null, "no such deployment", TimeSpan.Zero)
                : answered
                    ? new ScoringAnswer(200, deployment, Bodies(deployment, body), Latencies(deployment, earlier))
                    : new ScoringAnswer(424, deployment, "the model did not answer", TimeSpan.FromMilliseconds(3), "500"));
        }
    }
}
