namespace Sluice.Rollouts.State;

/// <summary>Where the service is with a resource; <c>provisioningState</c> on the wire.</summary>
public enum ProvisioningState
{
    /// <summary>A state that this program does not know; treated as not settled.</summary>
    Unknown,

    /// <summary>Being made.</summary>
    Creating,

    /// <summary>Being changed; what served before still serves.</summary>
    Updating,

    /// <summary>Instances are being added or removed.</summary>
    Scaling,

    /// <summary>Being deleted.</summary>
    Deleting,

    /// <summary>Usable.</summary>
    Succeeded,

    /// <summary>The last operation failed.</summary>
    Failed,

    /// <summary>The last operation was canceled.</summary>
    Canceled,
}
