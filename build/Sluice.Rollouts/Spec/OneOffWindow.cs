namespace Sluice.Rollouts.Spec;

/// <summary>A window that comes once.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="From">The first reading in it.</param>
/// <param name="To">The first reading after it, later than <paramref name="From"/>.</param>
public sealed record OneOffWindow(string Name, DateTime From, DateTime To) : Window(Name)
{
    /// <inheritdoc/>
    public override bool Covers(DateTime wall) => wall >= From && wall < To;

    /// <inheritdoc/>
    public override DateTime? NextTurn(DateTime wall) => wall < From ? From : wall < To ? To : null;
}
