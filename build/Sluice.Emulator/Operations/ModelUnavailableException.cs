namespace Sluice.Emulator.Operations;

/// <summary>A deployment's model cannot be had; the message says why in a sentence.</summary>
internal sealed class ModelUnavailableException(string message) : Exception(message);
