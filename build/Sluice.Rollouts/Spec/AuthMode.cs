namespace Sluice.Rollouts.Spec;

/// <summary>How callers of an endpoint authenticate; the wire names are <c>Key</c>, <c>AMLToken</c> and <c>AADToken</c>.</summary>
public enum AuthMode
{
    /// <summary>One of two keys that do not expire.</summary>
    Key,

    /// <summary>A token of the workspace, valid for a day.</summary>
    AmlToken,

    /// <summary>A token of Microsoft Entra ID.</summary>
    AadToken,
}
