namespace Sluice.Rollouts.Ports;

/// <summary>
/// Proof that a run held the lock when it asked, however long the answer was on its way. It grows old, because whoever breaks a lease ends it
/// at once.
/// </summary>
public sealed class LockProof
{
    /// <summary>
    /// How long after it was asked for a write may be sent on it: a fifth of the journal's lease of 15 s. So a lease that nobody breaks lasts
    /// far beyond the write's arrival, and there is time for a look at what is written in between.
    /// </summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(3);

    private readonly Func<TimeSpan> _age;

    private LockProof(Func<TimeSpan> age) => _age = age;

    /// <summary>Where there is no lock, or its store is out of reach of a write that does not wait for it. It does not grow old.</summary>
    public static LockProof Unneeded { get; } = new(() => TimeSpan.Zero);

    /// <summary>Whether a write may still be sent on it.</summary>
    public bool IsFresh => _age() < Lasts;

    /// <summary>Proof that was asked for at a moment.</summary>
    /// <param name="time">The clock by which it grows old.</param>
    /// <param name="asked">The clock's timestamp before the question was sent.</param>
    public static LockProof AskedAt(TimeProvider time, long asked) => new(() => time.GetElapsedTime(asked));
}
