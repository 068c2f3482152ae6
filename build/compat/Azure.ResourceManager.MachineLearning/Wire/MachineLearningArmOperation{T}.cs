using Azure.Core;

namespace Azure.ResourceManager.MachineLearning;

/// <summary>An operation that ends with a resource.</summary>
internal sealed class MachineLearningArmOperation<T> : ArmOperation<T>
    where T : notnull
{
    private readonly OperationPoller _poller;
    private readonly Func<Response, T> _read;
    private T? _value;

    public MachineLearningArmOperation(
        ArmConnection connection, RequestMethod method, Uri requestUri, Response answer, Func<Response, T> read)
    {
        _poller = new OperationPoller(connection, method, requestUri, answer);
        _read = read;
    }

    public override string Id => _poller.Id;

    public override bool HasCompleted => _poller.HasCompleted;

    public override bool HasValue => _poller.HasSucceeded;

    public override T Value => HasValue
        ? _value ??= _read(_poller.LastResponse)
        : throw new InvalidOperationException("The operation has not completed successfully, so it has no value.");

    public override Response GetRawResponse() => _poller.LastResponse;

    public override Response UpdateStatus(CancellationToken cancellationToken = default) => _poller.Update(cancellationToken);

    public override ValueTask<Response> UpdateStatusAsync(CancellationToken cancellationToken = default) =>
        _poller.UpdateAsync(cancellationToken);
}
