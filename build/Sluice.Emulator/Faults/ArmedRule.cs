using Sluice.Emulator.Scoring;

namespace Sluice.Emulator.Faults;

/// <summary>
/// A rule with its counts. Its draws are a sequence of its own, so what it does to the n-th request that it fits depends on the seed and
/// on n, whatever the other rules do.
/// </summary>
/// <param name="rule">The rule.</param>
/// <param name="seed">Seeds its draws.</param>
/// <param name="index">Its place among the rules.</param>
/// <param name="note">Takes what happened, as a sentence.</param>
internal sealed class ArmedRule(FaultRule rule, int seed, int index, Action<int, string> note)
{
    private readonly Lock _counting = new();
    private readonly SplitRandom _random = new(seed, $"fault {index}");
    private long _met;
    private long _happened;

    /// <summary>The rule.</summary>
    public FaultRule Rule => rule;

    /// <summary>How much it fitted, and how often it happened.</summary>
    public (long Met, long Happened) Counts
    {
        get
        {
            lock (_counting)
            {
                return (_met, _happened);
            }
        }
    }

    /// <summary>Draws that are the same for the same text, whatever the rule has met: they depend on the seed and the rule's place.</summary>
    public SplitRandom DrawsOf(string text) => new(seed, $"fault {index} of {text}");

    /// <summary>Counts something that the rule fits, and says whether it is hit.</summary>
    /// <param name="subject">What it is, as the beginning of a sentence.</param>
    public bool Happens(string subject)
    {
        lock (_counting)
        {
            _met++;
            if (!rule.Pace.IsDue(_met, _happened, _random.Below))
            {
                return false;
            }

            _happened++;
        }

        note(index, $"{subject} {rule.Effect.Describe()}.");
        return true;
    }
}
