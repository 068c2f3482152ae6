namespace Sluice.Emulator.Faults;

/// <summary>A write of the emulator's own files fails.</summary>
/// <param name="State">Why.</param>
/// <param name="Area">The files it is about; null for all of them.</param>
internal sealed record DiskEffect(DiskState State, DiskArea? Area) : FaultEffect
{
    /// <inheritdoc/>
    public override string Describe() => State == DiskState.Full ? "failed for want of space" : "failed, as the disk was read-only";
}
