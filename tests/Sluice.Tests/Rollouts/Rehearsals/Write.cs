using Sluice.Rollouts.State;

namespace Sluice.Tests.Rollouts.Rehearsals;

/// <summary>A write that the in-memory service has taken.</summary>
/// <param name="Name">The call.</param>
/// <param name="Before">The workspace before it.</param>
/// <param name="Change">The wanted traffic, mark, or deployment to delete: what the checks of the invariants look at.</param>
internal sealed record Write(string Name, WorkspaceState Before, object? Change);
