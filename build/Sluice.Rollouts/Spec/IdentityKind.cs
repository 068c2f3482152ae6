namespace Sluice.Rollouts.Spec;

/// <summary>As whom an endpoint's containers reach other services.</summary>
public enum IdentityKind
{
    /// <summary>An identity of the endpoint's own, which Azure makes and deletes with it.</summary>
    SystemAssigned,

    /// <summary>Identities that exist on their own.</summary>
    UserAssigned,

    /// <summary>None.</summary>
    None,
}
