using Sluice.Rollouts.Execution;

namespace Sluice.Inspection;

/// <summary>Shows one look after the other.</summary>
internal interface IStatusScreen : IAsyncDisposable
{
    /// <summary>Shows a look.</summary>
    void Show(Standing standing);

    /// <summary>Says that a look failed; the one before stays.</summary>
    /// <param name="time">When.</param>
    /// <param name="why">Why.</param>
    void Miss(DateTimeOffset time, string why);
}
