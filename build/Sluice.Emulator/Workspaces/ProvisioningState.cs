namespace Sluice.Emulator.Workspaces;

/// <summary>Where a resource stands; the names are those on the wire.</summary>
internal enum ProvisioningState
{
    Creating,
    Updating,
    Deleting,
    Succeeded,
    Failed,

    /// <summary>The number of a deployment's instances is being changed.</summary>
    Scaling,
}
