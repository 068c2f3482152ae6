using Sluice.Emulator.Operations;

namespace Sluice.Emulator.Faults;

/// <summary>Travels with a request, and is asked when the request begins an operation.</summary>
/// <param name="Next">What goes wrong with the operation, or null for nothing.</param>
internal sealed record OperationFaultSource(Func<OperationFault?> Next);
