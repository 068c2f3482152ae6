namespace Sluice.Emulator.Scoring;

/// <summary>A running deployment as the front door sees it.</summary>
/// <param name="Name">The deployment's name, as it is given back in the header <c>azureml-model-deployment</c>.</param>
/// <param name="MaxConcurrentRequestsPerInstance">Requests that one instance works on at once, at least 1.</param>
/// <param name="InstanceCount">Instances, at least 1.</param>
/// <param name="RequestTimeout">From the request's last byte to the answer, waiting included; positive.</param>
/// <param name="Statuses">What the front door says when the container does not.</param>
/// <param name="Container">The container that answers. It outlives every request that this route was given out for.</param>
internal sealed record DeploymentRoute(
    string Name,
    int MaxConcurrentRequestsPerInstance,
    int InstanceCount,
    TimeSpan RequestTimeout,
    FrontDoorStatuses Statuses,
    ModelContainer Container);
