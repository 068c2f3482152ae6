namespace Sluice.Emulator.Scoring;

/// <summary>
/// Lets as many requests into a deployment as its instances work on at once; others wait in line, as long as the line is short. The
/// lock is held for a handful of instructions and never across an await.
/// </summary>
internal sealed class DeploymentGate
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource> _line = new();
    private int _running;

    /// <summary>Asks to be let in. Whoever gets in must <see cref="Leave"/>.</summary>
    /// <param name="atOnce">Requests that may be in work at once.</param>
    /// <param name="pending">Requests that may be in work and in line together.</param>
    /// <param name="admission">Completes when it is this request's turn; give it up with <see cref="GiveUp"/>.</param>
    /// <returns>False when the line is full.</returns>
    internal bool TryEnter(int atOnce, int pending, out Task admission)
    {
        admission = Task.CompletedTask;
        lock (_lock)
        {
            if (_running + _line.Count >= pending)
            {
                return false;
            }

            if (_running < atOnce && _line.Count == 0)
            {
                _running++;
                return true;
            }

            var place = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _line.AddLast(place);
            admission = place.Task;
            return true;
        }
    }

    /// <summary>Asks to be let in without standing in line. Whoever gets in must <see cref="Leave"/>.</summary>
    /// <param name="atOnce">Requests that may be in work at once.</param>
    /// <returns>False when it would have to stand in line, or the line is full.</returns>
    internal bool TryEnterAtOnce(int atOnce)
    {
        lock (_lock)
        {
            if (_running >= atOnce || _line.Count > 0)
            {
                return false;
            }

            _running++;
            return true;
        }
    }

    /// <summary>Leaves the line before it was this request's turn; or, if it just became so, the deployment.</summary>
    /// <param name="admission">What <see cref="TryEnter"/> gave.</param>
    /// <param name="atOnce">Requests that may be in work at once.</param>
    internal void GiveUp(Task admission, int atOnce)
    {
        lock (_lock)
        {
            for (var place = _line.First; place is not null; place = place.Next)
            {
                if (place.Value.Task == admission)
                {
                    _line.Remove(place);
                    return;
                }
            }
        }

        Leave(atOnce);
    }

    /// <summary>Leaves the deployment and lets the next in.</summary>
    /// <param name="atOnce">Requests that may be in work at once.</param>
    internal void Leave(int atOnce)
    {
        lock (_lock)
        {
            _running--;
            while (_running < atOnce && _line.First is { } next)
            {
                _line.RemoveFirst();
                _running++;
                next.Value.SetResult();
            }
        }
    }
}
