namespace Sluice.Rollouts.Spec;

/// <summary>The operating system of an environment's image.</summary>
public enum OperatingSystemKind
{
    /// <summary>Linux.</summary>
    Linux,

    /// <summary>Windows.</summary>
    Windows,
}
