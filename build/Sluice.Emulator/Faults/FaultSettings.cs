namespace Sluice.Emulator.Faults;

/// <summary>What is to go wrong.</summary>
/// <param name="ClockSkew">How far the emulator's clock is ahead; negative when it is behind.</param>
/// <param name="Budgets">The limits at which ARM refuses; null when it never does.</param>
/// <param name="Rules">The rules, in the order in which a request passes through them.</param>
internal sealed record FaultSettings(TimeSpan ClockSkew, BudgetLimits? Budgets, IReadOnlyList<FaultRule> Rules)
{
    /// <summary>Nothing goes wrong.</summary>
    public static FaultSettings None { get; } = new(TimeSpan.Zero, null, []);
}
