using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.Diagnosis;

/// <summary>
/// The operations that a configured rollout asks of ARM: those of the client's calls, each named by the path of its resource type, as ARM's
/// access control does. Roles: "Azure built-in roles for AI + machine learning" and "for Monitor".
/// </summary>
public static class NeededOperations
{
    /// <summary>The role for all that is in a workspace.</summary>
    public const string DataScientist = "AzureML Data Scientist";

    /// <summary>The role for metrics.</summary>
    public const string MonitoringReader = "Monitoring Reader";

    private const string Workspace = "Microsoft.MachineLearningServices/workspaces";
    private const string Endpoints = $"{Workspace}/onlineEndpoints";

    /// <summary>Those of a rollout. Reading the workspace itself is not among them: whoever sees the rights has done it.</summary>
    public static IEnumerable<NeededOperation> Of(RolloutSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        DeploymentSpec[] deployments = [spec.Blue, spec.Green];
        yield return Essential($"{Workspace}/models/versions/read");
        if (spec.Model.Candidate is ModelFolder || spec.Model.Baseline is ModelFolder)
        {
            yield return Essential($"{Workspace}/models/versions/write");
        }

        if (deployments.Any(deployment => deployment.Code is not null))
        {
            yield return Essential($"{Workspace}/codes/versions/read");
            yield return Essential($"{Workspace}/codes/versions/write");
        }

        if (deployments.Any(deployment => deployment.Environment is not null))
        {
            yield return Essential($"{Workspace}/environments/versions/read");
        }

        if (deployments.Any(deployment => deployment.Environment is InlineEnvironment))
        {
            yield return Essential($"{Workspace}/environments/versions/write");
        }

        yield return Essential($"{Workspace}/datastores/read");
        yield return new(
            $"{Workspace}/datastores/listSecrets/action",
            DataScientist,
            "the datastore is opened as the caller, who then needs a role on the storage");
        yield return Essential($"{Endpoints}/read");
        yield return Essential($"{Endpoints}/write");
        yield return Essential(spec.Endpoint.AuthMode switch
        {
            AuthMode.AmlToken => $"{Endpoints}/token/action",
            AuthMode.AadToken => $"{Endpoints}/score/action",
            _ => $"{Endpoints}/listKeys/action",
        });
        yield return Essential($"{Endpoints}/deployments/read");
        yield return Essential($"{Endpoints}/deployments/write");
        yield return new($"{Endpoints}/deployments/delete", DataScientist, "Cleanup can't delete what is retired");
        yield return new($"{Endpoints}/deployments/getLogs/action", DataScientist, "a deployment that fails comes without its log");
        if (spec.Endpoint.AuthMode == AuthMode.Key)
        {
            yield return new($"{Endpoints}/regenerateKeys/action", DataScientist, "RotateKeys can't regenerate a key");
        }

        if (spec.Strategy.AllGates.Any(gate => gate.NeedsTraffic || gate is Spec.Gates.MetricRule))
        {
            yield return new("Microsoft.Insights/metrics/read", MonitoringReader);
        }
    }

    private static NeededOperation Essential(string operation) => new(operation, DataScientist);
}
