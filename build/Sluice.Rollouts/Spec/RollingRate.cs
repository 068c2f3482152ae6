namespace Sluice.Rollouts.Spec;

/// <summary>How often a new folder is begun for collected payloads.</summary>
public enum RollingRate
{
    /// <summary>Every minute.</summary>
    Minute,

    /// <summary>Every hour.</summary>
    Hour,

    /// <summary>Every day.</summary>
    Day,

    /// <summary>Every month.</summary>
    Month,

    /// <summary>Every year.</summary>
    Year,
}
