namespace Sluice.Emulator.Store;

/// <summary>How many requests of a minute ended in one way.</summary>
/// <param name="Status">The status that the client saw.</param>
/// <param name="ModelStatus">The status that the container gave; 0 when it gave none.</param>
/// <param name="Count">How many.</param>
internal sealed record RequestCount(int Status, int ModelStatus, int Count);
