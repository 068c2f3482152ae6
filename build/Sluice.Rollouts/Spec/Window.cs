namespace Sluice.Rollouts.Spec;

/// <summary>
/// A span of time on the wall clock of the policy's time zone: active from one reading until just before another. So in the
/// hour that comes twice when clocks are put back it is active twice, and what lies in the hour that is skipped does not come.
/// </summary>
/// <param name="Name">What people call it.</param>
public abstract record Window(string Name)
{
    /// <summary>Whether it is active while the clock reads that.</summary>
    public abstract bool Covers(DateTime wall);

    /// <summary>The first reading after that one with which it begins or ends; null when it does neither any more.</summary>
    public abstract DateTime? NextTurn(DateTime wall);
}
