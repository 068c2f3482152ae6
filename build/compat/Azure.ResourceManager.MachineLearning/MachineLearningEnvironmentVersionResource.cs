using Azure.Core;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>A version of an environment and the calls on it. The object may name one without holding its data.</summary>
public class MachineLearningEnvironmentVersionResource : ArmResource
{
    /// <summary>The type of the resource.</summary>
    public static readonly ResourceType ResourceType = "Microsoft.MachineLearningServices/workspaces/environments/versions";

    private readonly ArmConnection _connection = null!;
    private readonly MachineLearningEnvironmentVersionData? _data;

    /// <summary>For tests that stand something else in for a version.</summary>
    protected MachineLearningEnvironmentVersionResource()
    {
    }

    internal MachineLearningEnvironmentVersionResource(ArmClient client, ResourceIdentifier id)
        : base(client, id)
    {
        TryGetApiVersion(ResourceType, out var apiVersion);
        _connection = new ArmConnection(Pipeline, Endpoint, apiVersion);
    }

    internal MachineLearningEnvironmentVersionResource(ArmClient client, MachineLearningEnvironmentVersionData data)
        : this(client, data.Id) => _data = data;

    /// <summary>Whether the object holds the version's data.</summary>
    public virtual bool HasData => _data is not null;

    /// <summary>The version's data.</summary>
    /// <exception cref="InvalidOperationException">The object holds none; call <c>Get</c> first.</exception>
    public virtual MachineLearningEnvironmentVersionData Data =>
        _data ?? throw new InvalidOperationException("The current instance does not have data, you must call Get first.");

    /// <summary>The ARM id of a version.</summary>
    /// <param name="subscriptionId">The subscription.</param>
    /// <param name="resourceGroupName">The resource group.</param>
    /// <param name="workspaceName">The workspace.</param>
    /// <param name="name">The environment.</param>
    /// <param name="version">The version.</param>
    public static ResourceIdentifier CreateResourceIdentifier(
        string subscriptionId, string resourceGroupName, string workspaceName, string name, string version) =>
        new(
            $"/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}"
            + $"/providers/Microsoft.MachineLearningServices/workspaces/{workspaceName}/environments/{name}/versions/{version}");

    /// <summary>Reads the version.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">There is no such version, or it may not be read.</exception>
    public virtual Response<MachineLearningEnvironmentVersionResource> Get(CancellationToken cancellationToken = default) =>
        Read(_connection.Send(_connection.CreateMessage(RequestMethod.Get, Id), cancellationToken));

    /// <inheritdoc cref="Get"/>
    public virtual async Task<Response<MachineLearningEnvironmentVersionResource>> GetAsync(
        CancellationToken cancellationToken = default) =>
        Read(await _connection.SendAsync(_connection.CreateMessage(RequestMethod.Get, Id), cancellationToken).ConfigureAwait(false));

    private Response<MachineLearningEnvironmentVersionResource> Read(Response response) =>
        Response.FromValue(
            new MachineLearningEnvironmentVersionResource(Client, MachineLearningEnvironmentVersionData.Read(response)), response);
}
