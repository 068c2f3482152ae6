using Azure.Core;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>An environment, which holds its versions. The object only names it.</summary>
public class MachineLearningEnvironmentContainerResource : ArmResource
{
    /// <summary>The type of the resource.</summary>
    public static readonly ResourceType ResourceType = "Microsoft.MachineLearningServices/workspaces/environments";

    /// <summary>For tests that stand something else in for an environment.</summary>
    protected MachineLearningEnvironmentContainerResource()
    {
    }

    internal MachineLearningEnvironmentContainerResource(ArmClient client, ResourceIdentifier id)
        : base(client, id)
    {
    }

    /// <summary>The ARM id of an environment.</summary>
    /// <param name="subscriptionId">The subscription.</param>
    /// <param name="resourceGroupName">The resource group.</param>
    /// <param name="workspaceName">The workspace.</param>
    /// <param name="name">The environment.</param>
    public static ResourceIdentifier CreateResourceIdentifier(
        string subscriptionId, string resourceGroupName, string workspaceName, string name) =>
        new(
            $"/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}"
            + $"/providers/Microsoft.MachineLearningServices/workspaces/{workspaceName}/environments/{name}");

    /// <summary>The versions of the environment.</summary>
    public virtual MachineLearningEnvironmentVersionCollection GetMachineLearningEnvironmentVersions() => new(Client, Id);

    /// <summary>Reads a version.</summary>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">There is no such version, or it may not be read.</exception>
    public virtual Response<MachineLearningEnvironmentVersionResource> GetMachineLearningEnvironmentVersion(
        string version, CancellationToken cancellationToken = default) =>
            GetMachineLearningEnvironmentVersions().Get(version, cancellationToken);

    /// <inheritdoc cref="GetMachineLearningEnvironmentVersion"/>
    public virtual Task<Response<MachineLearningEnvironmentVersionResource>> GetMachineLearningEnvironmentVersionAsync(
        string version, CancellationToken cancellationToken = default) =>
        GetMachineLearningEnvironmentVersions().GetAsync(version, cancellationToken);
}
