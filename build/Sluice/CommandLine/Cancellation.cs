using System.Runtime.InteropServices;

namespace Sluice.CommandLine;

/// <summary>
/// Turns the first SIGINT, SIGTERM or SIGHUP into a cancellation, so that the task ends in order and teardown runs; the second one
/// ends the process at once.
/// </summary>
internal sealed class Cancellation : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    /// <summary>Listens from now on.</summary>
    public Cancellation() => _registrations =
    [
        .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, OnSignal)),
    ];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

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
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (Signal is null)
        {
            Signal = context.Signal;
            context.Cancel = true;
            _source.Cancel();
        }
    }
}
