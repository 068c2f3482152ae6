namespace Sluice.Rollouts.Spec;

/// <summary>Where the containers of an endpoint run.</summary>
public enum ComputeKind
{
    /// <summary>On machines that Azure manages.</summary>
    Managed,

    /// <summary>On a Kubernetes cluster that is attached to the workspace.</summary>
    Kubernetes,
}
