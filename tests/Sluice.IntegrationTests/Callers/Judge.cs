using System.Net;

namespace Sluice.IntegrationTests.Callers;

/// <summary>
/// Says of each answer whether it is right. While routes change, a request may be answered by the old ones and by the new: an answer is
/// wrong only when no route allows it that may have been in force between its sending and its receiving.
/// </summary>
/// <param name="routes">Where the requests went.</param>
/// <param name="rotations">When keys were being replaced; at no other time may one be refused.</param>
internal sealed class Judge(RouteLog routes, IReadOnlyCollection<Period> rotations)
{
    public Finding Of(CallerAnswer answer) => answer switch
    {
        { Trouble: not null } => Finding.Failed,
        { Refused: { } refused } when !rotations.Any(refused.Overlaps) => Finding.Failed,
        { Pinned: { } pinned } => OfPinned(answer, pinned),
        { Status: (int)HttpStatusCode.OK, Deployment: { } deployment } => RightIf(
            routes.During(answer.Time).Any(route => route.Traffic.GetValueOrDefault(deployment) > 0), Finding.WrongDeployment),
        _ => Finding.Failed,
    };

    private Finding OfPinned(CallerAnswer answer, string pinned) => answer switch
    {
        { Status: (int)HttpStatusCode.OK } => RightIf(
            answer.Deployment == pinned && routes.During(answer.Time).Any(route => route.Deployments.Contains(pinned)),
            Finding.WrongDeployment),
        { Status: (int)HttpStatusCode.NotFound } => RightIf(
            routes.During(answer.Time).Any(route => !route.Deployments.Contains(pinned)), Finding.Failed),
        _ => Finding.Failed,
    };

    private static Finding RightIf(bool holds, Finding otherwise) => holds ? Finding.Right : otherwise;
}
