using System.Runtime.InteropServices;

namespace Sluice.CommandLine;

/// <summary>
/// Notices that the process which started this one is gone. On an agent that is a cancellation, too: a step of Azure DevOps may be ended
/// without a signal for what it has started, such as AzureCLI@2
/// (<see href="https://github.com/microsoft/azure-pipelines-tasks/issues/20975"/>), and nobody would then see what the program does.
/// </summary>
internal sealed class ParentWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly int _parent = ParentId();
    private readonly Timer _timer;

    private ParentWatch(Action gone) => _timer = new(_ => Look(gone), null, Interval, Interval);

    /// <summary>Watches from now on; null on Windows, where a process does not learn of it.</summary>
    /// <param name="gone">Is called when the parent is gone.</param>
    public static ParentWatch? Begin(Action gone) => OperatingSystem.IsWindows() ? null : new(gone);

    /// <summary>Watches no more, and waits for a look that is under way.</summary>
    public void Dispose()
    {
        using var ended = new ManualResetEvent(initialState: false);
        if (_timer.Dispose(ended))
        {
            ended.WaitOne();
        }
    }

    private void Look(Action gone)
    {
        if (ParentId() != _parent)
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            gone();
        }
    }

    [DllImport("libc", EntryPoint = "getppid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ParentId();
}
