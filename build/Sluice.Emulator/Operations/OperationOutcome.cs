namespace Sluice.Emulator.Operations;

/// <summary>What the work of an operation came to.</summary>
/// <param name="Container">The container that was started, if one was.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
/// <param name="Log">What <c>getLogs</c> shows after a failure.</param>
internal sealed record OperationOutcome(Guid? Container, OperationError? Error, string? Log)
{
    /// <summary>Nothing had to be started.</summary>
    public static OperationOutcome Done { get; } = new(null, null, null);

    /// <summary>A container was started.</summary>
    public static OperationOutcome Started(Guid container) => new(container, null, null);

    /// <summary>It failed.</summary>
    public static OperationOutcome Failed(OperationError error, string log) => new(null, error, log);
}
