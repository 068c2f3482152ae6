using System.Globalization;
using Sluice.Rollouts.State;

namespace Sluice.Inspection;

/// <summary>The status for people.</summary>
internal static class StatusText
{
    private const int BarWidth = 20;

    /// <summary>The lines of one look.</summary>
    public static IEnumerable<string> Lines(StatusDocument status, string endpointName, string program)
    {
        if (status.Endpoint is not { } endpoint)
        {
            yield return $"Endpoint {endpointName} does not exist in workspace {status.Workspace}.";
            yield return $"  next       {program} --target=Promote";
            yield break;
        }

        yield return $"Endpoint {endpoint.Name} is {endpoint.State}";
        yield return $"  scoring    {endpoint.ScoringUri?.ToString() ?? "not yet"}";
        foreach (var deployment in status.Deployments)
        {
            var bar = new string('█', deployment.Traffic * BarWidth / 100).PadRight(BarWidth, '·');
            var mirror = deployment.MirrorTraffic > 0 ? $", mirrors {deployment.MirrorTraffic} %" : "";
            var registry = deployment.ModelRegistry is null ? "" : $" of registry {deployment.ModelRegistry}";
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"  {deployment.Name,-16} {bar} {deployment.Traffic,3} %  {deployment.Model} version {deployment.ModelVersion}{registry}, {deployment.State}, {deployment.InstanceCount} × {deployment.InstanceType}{mirror}");
        }

        if (status.Rollout is { } rollout)
        {
            yield return $"  rollout    {rollout.Id}: {rollout.Stable} → {rollout.Candidate}, {rollout.Status}";
        }

        yield return $"  next       {Next(status, program)}";
    }

    private static string Next(StatusDocument status, string program) => status.Rollout?.Status switch
    {
        RolloutStatus.Shadow or RolloutStatus.Canary => $"{program} --target=Canary, or {program} --target=Rollback",
        RolloutStatus.Passed or RolloutStatus.FinalBake =>
            $"{program} --target=Promote, or {program} --target=Rollback",
        RolloutStatus.Completed when status.Deployments.Any(deployment => deployment.Traffic == 0) =>
            $"{program} --target=Cleanup, or {program} --target=Rollback",
        _ when status.Deployments.Any(deployment => deployment.Traffic == 0) => $"{program} --target=Promote, or {program} --target=Cleanup",
        _ => $"{program} --target=Invoke",
    };
}
