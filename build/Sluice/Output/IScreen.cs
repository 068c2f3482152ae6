using Sluice.Rollouts.Planning;
using Sluice.Rollouts.Ports;

namespace Sluice.Output;

/// <summary>Shows a run while it goes on.</summary>
internal interface IScreen : IRolloutObserver, IAsyncDisposable
{
    /// <summary>Begins to show a run of these stages.</summary>
    /// <param name="stages">The stages in their order.</param>
    /// <param name="forecast">What they will do.</param>
    /// <param name="expected">How long that usually takes.</param>
    void Begin(IReadOnlyCollection<Stage> stages, Forecast forecast, TimeSpan expected);

    /// <summary>Says one thing that is no part of the run, such as where the local Azure ML listens.</summary>
    void Say(string sentence);
}
