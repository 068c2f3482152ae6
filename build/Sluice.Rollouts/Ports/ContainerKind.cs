namespace Sluice.Rollouts.Ports;

/// <summary>The container of a deployment whose log is asked for, by the names of <c>az ml online-deployment get-logs</c>.</summary>
public enum ContainerKind
{
    /// <summary>The server that scores.</summary>
    InferenceServer,

    /// <summary>The one that fetches the model before the server starts.</summary>
    StorageInitializer,
}
