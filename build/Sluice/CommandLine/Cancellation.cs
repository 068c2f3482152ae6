using System.Runtime.InteropServices;

namespace Sluice.CommandLine;

/// <summary>
/// Turns the first SIGINT, SIGTERM or SIGHUP into a cancellation, so that the task ends in order and teardown runs. The same one once more
/// ends the process at once; another one says that there is not much time left.
/// </summary>
/// <remarks>
/// The agents of GitHub Actions and Azure DevOps send SIGINT, SIGTERM 7.5 s later, and kill what is left 2.5 s after that.
/// </remarks>
internal sealed class Cancellation : IDisposable
{
    /// <summary>Within this time the same signal is the same word: <c>timeout</c> of GNU sends its signal to the program and to its group.</summary>
    private static readonly TimeSpan Echo = TimeSpan.FromMilliseconds(100);

    /// <summary>How long the run may go on after a second signal, so that there is time left to hand over what is known.</summary>
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _source = new();
    private readonly CancellationTokenSource _limit = new();
    private readonly TimeProvider _time;
    private readonly Dictionary<PosixSignal, long> _signals = [];
    private readonly PosixSignalRegistration[] _registrations;

    /// <summary>Listens from now on.</summary>
    /// <param name="time">Tells how far signals are apart.</param>
    public Cancellation(TimeProvider time)
    {
        _time = time;
        _registrations =
        [
            .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, OnSignal)),
        ];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Cancelled shortly after another signal than the first: the process is soon killed.</summary>
    public CancellationToken TimeIsUp => _limit.Token;

    /// <summary>The first signal; null when there was none.</summary>
    public PosixSignal? Signal { get; private set; }

    /// <summary>Listens no more.</summary>
    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
        _limit.Dispose();
    }

    /// <summary>Takes in a signal, as if it had been sent.</summary>
    /// <returns>Whether the run ends by itself; false when the process is to end at once.</returns>
    public bool Take(PosixSignal signal)
    {
        try
        {
            lock (_signals)
            {
                if (!_signals.TryAdd(signal, _time.GetTimestamp()))
                {
                    return _time.GetElapsedTime(_signals[signal]) < Echo;
                }

                if (_signals.Count == 2)
                {
                    _limit.CancelAfter(LastPatience);
                }

                Signal ??= signal;
            }

            _source.Cancel();
            return true;
        }
        catch (ObjectDisposedException)
        {
            // Whoever stops listening does not wait for a signal that is being taken in: the run is over, and the process may end.
            return false;
        }
    }

    private void OnSignal(PosixSignalContext context) => context.Cancel = Take(context.Signal);
}
