namespace Sluice.Emulator.Blobs;

/// <summary>Where a lease stands; the lower-case names are those on the wire.</summary>
internal enum LeaseState
{
    Available,
    Leased,
    Expired,
    Breaking,
    Broken,
}
