using Azure.Core;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>A code asset, which holds its versions. The object only names it.</summary>
public class MachineLearningCodeContainerResource : ArmResource
{
    /// <summary>The type of the resource.</summary>
    public static readonly ResourceType ResourceType = "Microsoft.MachineLearningServices/workspaces/codes";

    /// <summary>For tests that stand something else in for a code asset.</summary>
    protected MachineLearningCodeContainerResource()
    {
    }

    internal MachineLearningCodeContainerResource(ArmClient client, ResourceIdentifier id)
        : base(client, id)
    {
    }

    /// <summary>The ARM id of a code asset.</summary>
    /// <param name="subscriptionId">The subscription.</param>
    /// <param name="resourceGroupName">The resource group.</param>
    /// <param name="workspaceName">The workspace.</param>
    /// <param name="name">The code asset.</param>
    public static ResourceIdentifier CreateResourceIdentifier(
        string subscriptionId, string resourceGroupName, string workspaceName, string name) =>
        new(
            $"/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}"
            + $"/providers/Microsoft.MachineLearningServices/workspaces/{workspaceName}/codes/{name}");

    /// <summary>The versions of the code asset.</summary>
    public virtual MachineLearningCodeVersionCollection GetMachineLearningCodeVersions() => new(Client, Id);

    /// <summary>Reads a version.</summary>
    /// <param name="version">The version.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">There is no such version, or it may not be read.</exception>
    public virtual Response<MachineLearningCodeVersionResource> GetMachineLearningCodeVersion(
        string version, CancellationToken cancellationToken = default) => GetMachineLearningCodeVersions().Get(version, cancellationToken);

    /// <inheritdoc cref="GetMachineLearningCodeVersion"/>
    public virtual Task<Response<MachineLearningCodeVersionResource>> GetMachineLearningCodeVersionAsync(
        string version, CancellationToken cancellationToken = default) =>
        GetMachineLearningCodeVersions().GetAsync(version, cancellationToken);
}
