namespace Sluice.Tests.Rollouts.Rehearsals;

/// <summary>Requests that a deployment does not answer.</summary>
/// <param name="Deployment">The deployment.</param>
/// <param name="From">The number of the first one, counted from 0 over the deployment's life.</param>
/// <param name="Count">How many.</param>
internal sealed record Outage(string Deployment, int From, int Count)
{
    public bool Covers(string deployment, int request) => deployment == Deployment && request >= From && request - From < Count;
}
