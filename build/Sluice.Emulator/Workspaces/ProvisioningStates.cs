namespace Sluice.Emulator.Workspaces;

/// <summary>What follows from a provisioning state.</summary>
internal static class ProvisioningStates
{
    /// <summary>No operation is running on the resource.</summary>
    public static bool IsSettled(this ProvisioningState state) => state is ProvisioningState.Succeeded or ProvisioningState.Failed;
}
