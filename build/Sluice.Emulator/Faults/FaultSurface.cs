namespace Sluice.Emulator.Faults;

/// <summary>The three services that share the port.</summary>
internal enum FaultSurface
{
    /// <summary>Azure Resource Manager.</summary>
    Arm,

    /// <summary>The storage account.</summary>
    Blob,

    /// <summary>The endpoints' data plane.</summary>
    Scoring,
}
