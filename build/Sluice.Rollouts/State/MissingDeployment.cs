namespace Sluice.Rollouts.State;

/// <summary>What is said of a deployment that was asked for and is not there.</summary>
public static class MissingDeployment
{
    /// <summary>The sentence, with the deployments that there are.</summary>
    public static string Sentence(EndpointState endpoint, string asked)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return endpoint.Deployments.IsEmpty
            ? $"Endpoint {endpoint.Name} has no deployment {asked}; none is there."
            : $"Endpoint {endpoint.Name} has no deployment {asked}; these are there: {Names(endpoint)}.";
    }

    /// <summary>The deployments that there are, with commas between.</summary>
    public static string Names(EndpointState endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return string.Join(", ", endpoint.Deployments.Select(deployment => deployment.Name));
    }
}
