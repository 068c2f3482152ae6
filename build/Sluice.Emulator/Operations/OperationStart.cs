namespace Sluice.Emulator.Operations;

/// <summary>What the pure rules need from the world to begin an operation: an id, the time, the latencies.</summary>
internal sealed record OperationStart(Guid Id, DateTimeOffset Now, OperationLatency Latency)
{
    /// <summary>An operation on an endpoint or, when one is given, on a deployment.</summary>
    public Operation Begin(OperationKind kind, string endpoint, string? deployment = null) =>
        new(Id, kind, endpoint, deployment, OperationStatus.Running, Now, Now + Latency.Of(kind), EndedAt: null, Error: null);
}
