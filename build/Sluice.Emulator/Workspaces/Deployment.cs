namespace Sluice.Emulator.Workspaces;

/// <summary>An online deployment.</summary>
/// <param name="Endpoint">Name of its endpoint.</param>
/// <param name="Name">Its name, as it was spelt when it was created.</param>
/// <param name="Content">What is in force. While an update runs this is still the old content.</param>
/// <param name="Wanted">What comes into force when the running operation succeeds.</param>
/// <param name="State">Where it stands.</param>
/// <param name="HasSucceeded">It has been Succeeded once; one that never was cannot be updated.</param>
/// <param name="Container">The container that serves it, named after the operation that started it; null when there is none.</param>
/// <param name="Log">The log of a start that failed; null after one that did not.</param>
/// <param name="LastOperation">The last operation on it.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="ModifiedAt">When it was last changed.</param>
internal sealed record Deployment(
    string Endpoint,
    string Name,
    DeploymentContent Content,
    DeploymentContent? Wanted,
    ProvisioningState State,
    bool HasSucceeded,
    Guid? Container,
    string? Log,
    Guid LastOperation,
    DateTimeOffset CreatedAt,
    DateTimeOffset ModifiedAt)
{
    /// <summary>Its key among all deployments of the workspace.</summary>
    public string Key => KeyOf(Endpoint, Name);

    /// <summary>The key of a deployment among all of the workspace.</summary>
    public static string KeyOf(string endpoint, string name) => $"{endpoint}/{name}";
}
