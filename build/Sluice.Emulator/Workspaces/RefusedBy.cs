namespace Sluice.Emulator.Workspaces;

/// <summary>Who turned a request down.</summary>
internal enum RefusedBy
{
    /// <summary>Azure Resource Manager itself, before the resource provider saw the request.</summary>
    Gateway,

    /// <summary>The Machine Learning resource provider.</summary>
    Provider,

    /// <summary>Azure Monitor.</summary>
    Monitor,
}
