namespace Sluice.Rollouts.Planning.Changes;

/// <summary>What a run makes, changes and deletes.</summary>
public enum ResourceKind
{
    /// <summary>A registered version of a model.</summary>
    ModelVersion,

    /// <summary>The endpoint.</summary>
    Endpoint,

    /// <summary>A deployment of the endpoint.</summary>
    Deployment,
}
