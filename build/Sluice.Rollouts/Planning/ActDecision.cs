using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning.Actions;

namespace Sluice.Rollouts.Planning;

/// <summary>An action to apply now.</summary>
/// <param name="Action">The action.</param>
/// <param name="Why">The reason.</param>
public sealed record ActDecision(RolloutAction Action, string Why) : Decision(Why)
{
    /// <summary>What the journal has to know of the action once it is applied, where that needs no answer; null where it does, or for nothing.</summary>
    /// <param name="time">When it was applied.</param>
    public JournalEvent? EventAt(DateTimeOffset time) => Action switch
    {
        SetTraffic shift => new TrafficWritten(time, shift.Wanted.Percents, shift.Mark, Why) { Mirror = shift.Mirror?.Percents },
        SetMark mark => new MarkWritten(time, mark.Mark, Why),
        Adopt adopt => new Adopted(time, adopt.Traffic.Percents, adopt.Mark),
        Approve approve => new Approved(time, approve.Scope) { TrafficSince = approve.TrafficSince },
        _ => null,
    };
}
