using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Execution;

/// <summary>All who watch a rollout, each told of everything, in the order given.</summary>
internal sealed class Observers(IReadOnlyCollection<IRolloutObserver> each) : IRolloutObserver
{
    /// <inheritdoc/>
    public void Noted(string sentence)
    {
        foreach (var observer in each)
        {
            observer.Noted(sentence);
        }
    }

    /// <inheritdoc/>
    public void Recorded(JournalEvent recorded)
    {
        foreach (var observer in each)
        {
            observer.Recorded(recorded);
        }
    }

    /// <inheritdoc/>
    public void Observed(WorkspaceState state)
    {
        foreach (var observer in each)
        {
            observer.Observed(state);
        }
    }

    /// <inheritdoc/>
    public void Applying(RolloutAction action, string why)
    {
        foreach (var observer in each)
        {
            observer.Applying(action, why);
        }
    }

    /// <inheritdoc/>
    public void Progressed(RolloutAction action, OperationProgress progress)
    {
        foreach (var observer in each)
        {
            observer.Progressed(action, progress);
        }
    }
}
