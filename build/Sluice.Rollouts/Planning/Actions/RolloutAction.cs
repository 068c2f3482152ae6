namespace Sluice.Rollouts.Planning.Actions;

/// <summary>One thing to do. <see cref="object.ToString"/> says it in words: <c>shift traffic to default 90 %, green-2 10 %</c>.</summary>
public abstract record RolloutAction
{
    /// <summary>Whether it changes the workspace. It is written down in the journal before it is sent, and the lock is proven with that.</summary>
    public virtual bool IsWrite => true;

    /// <summary>Whether the rollout goes on when the service refuses it: it tells people something, and no decision rests on it.</summary>
    public virtual bool IsOptional => false;

    /// <summary>Whether it takes the candidate back. Nothing keeps a rollout from that, a journal out of reach neither.</summary>
    public virtual bool GoesBack => false;

    /// <summary>
    /// The action in words, without a subject. The journal has no other name for it: with other words, what an older journal tells of it would no
    /// longer be known as the same action.
    /// </summary>
    public abstract override string ToString();
}
