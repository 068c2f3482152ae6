namespace Sluice.Rollouts.Journal;

/// <summary>How many requests of the rollout itself were answered alike within one minute. Those of a whole canary stay in memory.</summary>
/// <param name="Minute">When the minute began, in UTC.</param>
/// <param name="Deployment">The deployment that answered.</param>
/// <param name="Class">The status class of the answers: <c>2xx</c>, <c>4xx</c> or <c>5xx</c>.</param>
/// <param name="Count">The number of answers.</param>
public readonly record struct SentCount(DateTimeOffset Minute, string Deployment, string Class, int Count);
