namespace Sluice.Emulator.Faults;

/// <summary>Why a disk takes no write.</summary>
internal enum DiskState
{
    /// <summary>There is no space left.</summary>
    Full,

    /// <summary>It can be read only.</summary>
    ReadOnly,
}
