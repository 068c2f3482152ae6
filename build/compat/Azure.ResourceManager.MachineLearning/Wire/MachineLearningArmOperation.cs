using Azure.Core;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>An operation that leaves no value: a deletion, new keys.</summary>
internal sealed class MachineLearningArmOperation : ArmOperation
{
    private readonly OperationPoller _poller;

    public MachineLearningArmOperation(ArmConnection connection, RequestMethod method, Uri requestUri, Response answer) =>
        _poller = new OperationPoller(connection, method, requestUri, answer);

    public override string Id => _poller.Id;

    public override bool HasCompleted => _poller.HasCompleted;

    public override Response GetRawResponse() => _poller.LastResponse;

    public override Response UpdateStatus(CancellationToken cancellationToken = default) => _poller.Update(cancellationToken);

    public override ValueTask<Response> UpdateStatusAsync(CancellationToken cancellationToken = default) =>
        _poller.UpdateAsync(cancellationToken);
}
