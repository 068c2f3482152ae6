using System.Collections.Immutable;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Planning.Actions;
using Sluice.Rollouts.Ports;
using Sluice.Rollouts.State;

namespace Sluice.Load;

/// <summary>
/// Counts the callers' answers by deployment, apart for each traffic map that was in force. It watches the rollout to know the
/// map; the client does not.
/// </summary>
internal sealed class LoadStatistics : IRolloutObserver
{
    private readonly Lock _lock = new();
    private readonly List<LoadPhase> _phases = [LoadPhase.Of(null)];
    private string? _firstFailure;
    private Traffic _mirrored = Traffic.None;

    /// <summary>The phases in which something was sent, oldest first.</summary>
    public ImmutableArray<LoadPhase> Phases
    {
        get
        {
            lock (_lock)
            {
                return [.. _phases.Where(phase => phase.Sent > 0)];
            }
        }
    }

    /// <summary>What the first failed request got; null when none failed.</summary>
    public string? FirstFailure
    {
        get
        {
            lock (_lock)
            {
                return _firstFailure;
            }
        }
    }

    /// <inheritdoc/>
    public void Recorded(JournalEvent recorded)
    {
        if (recorded is TrafficKnown known)
        {
            _mirrored = known.MirrorAfter(_mirrored);
            Begin(LoadPhase.Of(Traffic.Of(known.Traffic)) with { Mirrored = _mirrored });
        }
    }

    /// <inheritdoc/>
    /// <remarks>A run that goes on records no traffic that its journal knows already: what is there when it begins, counts as in force.</remarks>
    public void Observed(WorkspaceState state)
    {
        _mirrored = state.Endpoint?.MirrorTraffic ?? Traffic.None;
        lock (_lock)
        {
            if (_phases is [{ Traffic: null }] && state.Endpoint is { Traffic.IsNone: false } endpoint && endpoint.State.IsSettled())
            {
                _phases.Add(LoadPhase.Of(endpoint.Traffic) with { Mirrored = _mirrored });
            }
        }
    }

    /// <inheritdoc/>
    public void Applying(RolloutAction action, string why)
    {
        if (action is SetTraffic)
        {
            Begin(LoadPhase.Of(null));
        }
    }

    /// <summary>Begins a request.</summary>
    /// <returns>Takes its answer. One that was sent and answered in different phases belongs to neither map.</returns>
    public Action<ScoringAnswer> Send()
    {
        var sentIn = Current();
        return answer =>
        {
            lock (_lock)
            {
                var index = sentIn == _phases.Count - 1 ? sentIn : Between(sentIn);
                _phases[index] = _phases[index].With(answer);
                _firstFailure ??= answer.Failure;
            }
        };
    }

    private int Current()
    {
        lock (_lock)
        {
            return _phases.Count - 1;
        }
    }

    private void Begin(LoadPhase phase)
    {
        lock (_lock)
        {
            _phases.Add(phase);
        }
    }

    // A phase of change lies between any two maps; the first phase is one, too.
    private int Between(int sentIn) => _phases.FindIndex(sentIn, phase => phase.Traffic is null) is var next and >= 0 ? next : 0;
}
