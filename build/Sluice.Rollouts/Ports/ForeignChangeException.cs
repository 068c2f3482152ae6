using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Ports;

/// <summary>Someone else changed the traffic between a write and its read-back; nothing was overwritten.</summary>
public sealed class ForeignChangeException : RolloutException
{
    /// <summary>Composes the sentence from both maps.</summary>
    /// <param name="written">The map that this program wrote, or found before it wrote.</param>
    /// <param name="found">The map that is there now.</param>
    public ForeignChangeException(Traffic written, Traffic found)
        : base($"Somebody else changed the traffic: it should be [{written}], it is [{found}].")
    {
        Written = written;
        Found = found;
    }

    /// <summary>The map that should be there.</summary>
    public Traffic Written { get; }

    /// <summary>The map that is there.</summary>
    public Traffic Found { get; }
}
