namespace Sluice.Rollouts.Spec;

/// <summary>A window that comes each week.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="From">The first reading in it.</param>
/// <param name="To">The first reading after it; another one than <paramref name="From"/>, and in the next week when it is earlier.</param>
public sealed record WeeklyWindow(string Name, WeekTime From, WeekTime To) : Window(Name)
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <inheritdoc/>
    public override bool Covers(DateTime wall) => From.Until(WeekTime.Of(wall)) < From.Until(To);

    /// <inheritdoc/>
    public override DateTime? NextTurn(DateTime wall)
    {
        var (untilFrom, untilTo) = (After(wall, From), After(wall, To));
        return wall + (untilFrom < untilTo ? untilFrom : untilTo);
    }

    private static TimeSpan After(DateTime wall, WeekTime next) => WeekTime.Of(wall).Until(next) is { Ticks: > 0 } until ? until : Week;
}
