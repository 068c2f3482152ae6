namespace Sluice.Rollouts.Planning.Actions;

/// <summary>One thing to do. <see cref="object.ToString"/> says it in words: <c>shift traffic to default 90 %, green-2 10 %</c>.</summary>
public abstract record RolloutAction
{
    /// <summary>The action in words, without a subject.</summary>
    public abstract override string ToString();
}
