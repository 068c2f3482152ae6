using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.State;

namespace Sluice.Benchmarks.Rehearsals;

/// <summary>Samples the process's memory at looks that come so long after the rollout's first traffic.</summary>
/// <param name="time">The rollout's clock.</param>
/// <param name="moments">The times since the first traffic, rising.</param>
/// <param name="output">Takes the samples.</param>
/// <param name="end">Called after the last one.</param>
internal sealed class MemorySampler(TimeProvider time, IReadOnlyList<TimeSpan> moments, TextWriter output, Action end) : IRolloutObserver
{
    private DateTimeOffset? _begin;
    private int _taken;

    /// <inheritdoc/>
    public void Recorded(JournalEvent recorded)
    {
        if (recorded is TrafficWritten)
        {
            _begin ??= time.GetUtcNow();
        }
    }

    /// <inheritdoc/>
    public void Observed(WorkspaceState state)
    {
        if (_taken == moments.Count || !(time.GetUtcNow() - _begin >= moments[_taken]))
        {
            return;
        }

        output.WriteLine(MemorySample.OfThis());
        output.Flush();
        _taken++;
        if (_taken == moments.Count)
        {
            end();
        }
    }
}
