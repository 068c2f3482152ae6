namespace Sluice.Tests.Rollouts.Rehearsals;

/// <summary>A request that a deployment got.</summary>
internal sealed record ScoredRequest(DateTimeOffset Time, string Deployment, bool Answered);
