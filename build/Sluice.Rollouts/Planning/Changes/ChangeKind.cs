namespace Sluice.Rollouts.Planning.Changes;

/// <summary>What becomes of a resource.</summary>
public enum ChangeKind
{
    /// <summary>It is made.</summary>
    Created,

    /// <summary>It stays, and is another one in some of its fields.</summary>
    Changed,

    /// <summary>It is deleted.</summary>
    Deleted,
}
