namespace Sluice.Emulator.Operations;

/// <summary>What the pure rules need from the world to begin an operation.</summary>
/// <param name="Id">The operation's id.</param>
/// <param name="Now">The time.</param>
/// <param name="Latency">How long operations take.</param>
/// <param name="NextFault">Asked when an operation begins, and not where one is refused; null when nothing can go wrong.</param>
internal sealed record OperationStart(Guid Id, DateTimeOffset Now, OperationLatency Latency, Func<OperationFault?>? NextFault = null)
{
    /// <summary>An operation on an endpoint or, when one is given, on a deployment.</summary>
    public Operation Begin(OperationKind kind, string endpoint, string? deployment = null)
    {
        var fault = NextFault?.Invoke();
        var due = Now + Latency.Of(kind) + (fault?.Delay ?? TimeSpan.Zero);
        return new(Id, kind, endpoint, deployment, OperationStatus.Running, Now, due, EndedAt: null, Error: null, fault);
    }
}
