namespace Sluice.Emulator.Faults;

/// <summary>What a budget says to a request.</summary>
/// <param name="Name">The budget: <c>read</c>, <c>write</c> or <c>delete</c>.</param>
/// <param name="Left">How many more it has now.</param>
/// <param name="Wait">How long until it has one again, when the request is refused; null when it is not.</param>
internal sealed record BudgetAnswer(string Name, int Left, TimeSpan? Wait);
