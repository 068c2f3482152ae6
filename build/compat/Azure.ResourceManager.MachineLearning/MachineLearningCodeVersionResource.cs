using Azure.Core;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>A version of a code asset and the calls on it. The object may name one without holding its data.</summary>
public class MachineLearningCodeVersionResource : ArmResource
{
    /// <summary>The type of the resource.</summary>
    public static readonly ResourceType ResourceType = "Microsoft.MachineLearningServices/workspaces/codes/versions";

    private readonly ArmConnection _connection = null!;
    private readonly MachineLearningCodeVersionData? _data;

    /// <summary>For tests that stand something else in for a version.</summary>
    protected MachineLearningCodeVersionResource()
    {
    }

    internal MachineLearningCodeVersionResource(ArmClient client, ResourceIdentifier id)
        : base(client, id)
    {
        TryGetApiVersion(ResourceType, out var apiVersion);
        _connection = new ArmConnection(Pipeline, Endpoint, apiVersion);
    }

    internal MachineLearningCodeVersionResource(ArmClient client, MachineLearningCodeVersionData data)
        : this(client, data.Id) => _data = data;

    /// <summary>Whether the object holds the version's data.</summary>
    public virtual bool HasData => _data is not null;

    /// <summary>The version's data.</summary>
    /// <exception cref="InvalidOperationException">The object holds none; call <c>Get</c> first.</exception>
    public virtual MachineLearningCodeVersionData Data =>
        _data ?? throw new InvalidOperationException("The current instance does not have data, you must call Get first.");

    /// <summary>The ARM id of a version.</summary>
    /// <param name="subscriptionId">The subscription.</param>
    /// <param name="resourceGroupName">The resource group.</param>
    /// <param name="workspaceName">The workspace.</param>
    /// <param name="name">The code asset.</param>
    /// <param name="version">The version.</param>
    public static ResourceIdentifier CreateResourceIdentifier(
        string subscriptionId, string resourceGroupName, string workspaceName, string name, string version) =>
        new(
            $"/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}"
            + $"/providers/Microsoft.MachineLearningServices/workspaces/{workspaceName}/codes/{name}/versions/{version}");

    /// <summary>Reads the version.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RequestFailedException">There is no such version, or it may not be read.</exception>
    public virtual Response<MachineLearningCodeVersionResource> Get(CancellationToken cancellationToken = default) =>
        Read(_connection.Send(_connection.CreateMessage(RequestMethod.Get, Id), cancellationToken));

    /// <inheritdoc cref="Get"/>
    public virtual async Task<Response<MachineLearningCodeVersionResource>> GetAsync(
        CancellationToken cancellationToken = default) =>
        Read(await _connection.SendAsync(_connection.CreateMessage(RequestMethod.Get, Id), cancellationToken).ConfigureAwait(false));

    private Response<MachineLearningCodeVersionResource> Read(Response response) =>
        Response.FromValue(new MachineLearningCodeVersionResource(Client, MachineLearningCodeVersionData.Read(response)), response);
}
