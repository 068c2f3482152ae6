namespace Sluice.Emulator.Arm;

/// <summary>The routes of an asset's versions.</summary>
internal interface IVersionHandlers
{
    /// <summary>Lists the versions of an asset, the one that was created last first.</summary>
    Task<ArmReply> ListVersions(ArmRequest request);

    /// <summary>Reads a version.</summary>
    Task<ArmReply> GetVersion(ArmRequest request);

    /// <summary>Registers a version, or changes what may change of one.</summary>
    Task<ArmReply> PutVersion(ArmRequest request);

    /// <summary>Deletes a version.</summary>
    Task<ArmReply> DeleteVersion(ArmRequest request);
}
