namespace Sluice.Rollouts.State;

/// <summary>What provisioning states mean for whoever wants to write.</summary>
public static class ProvisioningStates
{
    /// <summary>Whether the state lasts; while it does not, an operation is under way and the service refuses another one.</summary>
    public static bool IsSettled(this ProvisioningState state) =>
        state is ProvisioningState.Succeeded or ProvisioningState.Failed or ProvisioningState.Canceled;
}
