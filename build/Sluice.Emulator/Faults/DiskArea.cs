namespace Sluice.Emulator.Faults;

/// <summary>What the emulator writes while it serves.</summary>
internal enum DiskArea
{
    /// <summary>The contents of blobs, a file each.</summary>
    Blobs,

    /// <summary>The database: resources, operations, the blobs' catalogue.</summary>
    State,
}
