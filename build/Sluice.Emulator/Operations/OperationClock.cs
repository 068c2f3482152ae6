namespace Sluice.Emulator.Operations;

/// <summary>Gives each operation its id, its start and its latency.</summary>
internal sealed class OperationClock(TimeProvider time, OperationLatency latency)
{
    /// <summary>The time.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The start of an operation, now.</summary>
    /// <param name="nextFault">Says what goes wrong with it.</param>
    public OperationStart Start(Func<OperationFault?>? nextFault) => new(Guid.NewGuid(), Now, latency, nextFault);
}
