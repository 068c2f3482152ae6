using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Ports;

/// <summary>Someone else changed the endpoint between a look, a write and its read-back; nothing was overwritten.</summary>
public sealed class ForeignChangeException : RolloutException
{
    /// <summary>Another traffic map is there.</summary>
    /// <param name="wanted">The map that this program wrote, or found before it wrote.</param>
    /// <param name="found">The map that is there now.</param>
    public ForeignChangeException(Traffic wanted, Traffic found)
        : base($"Somebody else changed the traffic: it should be [{wanted}], it is [{found}].")
    {
    }

    /// <summary>Another mark is there.</summary>
    /// <param name="wanted">The mark that this program found before it wrote; null for none.</param>
    /// <param name="found">The mark that is there now; null for none.</param>
    public ForeignChangeException(RolloutMark? wanted, RolloutMark? found)
        : base($"Somebody else changed the rollout's mark: it should be [{wanted?.ToString() ?? "none"}], it is [{found?.ToString() ?? "gone"}].")
    {
    }
}
