namespace Sluice.Rollouts.Ports;

/// <summary>Leave to send a write, for as long as the proof of the lock lasts on which it was given.</summary>
/// <param name="proof">The proof.</param>
/// <param name="begin">Is told when the write is about to be sent.</param>
public sealed class WriteLeave(LockProof proof, Action begin)
{
    /// <summary>Leave to write at any time, of which nobody is told.</summary>
    public static WriteLeave Free { get; } = new(LockProof.Unneeded, () => { });

    /// <summary>Begins the write; what it sends must be sent at once.</summary>
    /// <returns>Whether it may be sent; false when the proof is too old, and leave must be asked for again.</returns>
    public bool TryBegin()
    {
        if (!proof.IsFresh)
        {
            return false;
        }

        begin();
        return true;
    }
}
