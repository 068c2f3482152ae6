namespace Sluice.Emulator.Operations;

/// <summary>What goes wrong with an operation.</summary>
/// <param name="Kind">How.</param>
/// <param name="Delay">How much later than usual the operation ends.</param>
/// <param name="Error">The error that it ends with, or is shown with.</param>
internal sealed record OperationFault(OperationFaultKind Kind, TimeSpan Delay, OperationError Error)
{
    /// <summary>The operation's error in truth; null when it succeeds.</summary>
    public OperationError? Failure() => Kind is OperationFaultKind.Fails or OperationFaultKind.ShowsSucceeded ? Error : null;
}
