using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Ports;

/// <summary>Somebody who watches a rollout: the screen, the file, the traffic's statistics. An observer decides nothing and throws nothing.</summary>
public interface IRolloutObserver
{
    /// <summary>Something that a person should know, and that is no event.</summary>
    void Noted(string sentence) { }

    /// <summary>An event was added to the journal.</summary>
    void Recorded(JournalEvent recorded) { }

    /// <summary>The workspace was looked at.</summary>
    void Observed(WorkspaceState state) { }

    /// <summary>An action is about to be applied.</summary>
    void Applying(RolloutAction action, string why) { }

    /// <summary>An action that takes a while has news.</summary>
    void Progressed(RolloutAction action, OperationProgress progress) { }
}
