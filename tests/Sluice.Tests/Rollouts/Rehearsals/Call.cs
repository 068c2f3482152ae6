namespace Sluice.Tests.Rollouts.Rehearsals;

/// <summary>A point in time that a test can do something at: throw, cancel, or change the workspace as somebody else would.</summary>
/// <param name="Number">The point's number since the workspace was made, from 0.</param>
/// <param name="Name">The call.</param>
/// <param name="Moment">Where the call is.</param>
internal sealed record Call(int Number, string Name, CallMoment Moment);
