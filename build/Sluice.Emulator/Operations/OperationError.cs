namespace Sluice.Emulator.Operations;

/// <summary>Why an operation failed: the innermost cause. The wire wraps it as Azure does.</summary>
/// <param name="Code">For example <c>ResourceNotReady</c>, <c>ResourceNotFound</c>, <c>OutOfQuota</c>.</param>
/// <param name="Message">A sentence for a person.</param>
internal sealed record OperationError(string Code, string Message);
