using System.ComponentModel;
using System.Globalization;
using Sluice.Rollouts.Journal;

namespace Sluice.Sessions;

/// <summary>This process, and whether others of this machine still run: a run that died here need not be waited for.</summary>
internal static class ThisMachine
{
    /// <summary>The wall clock's time of a start is reckoned anew at each look; two of them may differ by that.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <summary>This process.</summary>
    public static RunningProcess Process()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return new(Name(), process.Id, process.StartTime.ToUniversalTime()) { StartTick = StartTickOf(process.Id) };
    }

    /// <summary>Whether that process still runs; null when it is, or may be, another machine's.</summary>
    public static bool? Runs(RunningProcess process)
    {
        if (process.Machine != Name())
        {
            return null;
        }

        try
        {
            using var found = System.Diagnostics.Process.GetProcessById(process.Id);
            return !found.HasExited && (process.StartTick is { } tick && StartTickOf(process.Id) is { } now
                ? now == tick
                : (found.StartTime.ToUniversalTime() - process.Started).Duration() <= Tolerance);
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or IOException or UnauthorizedAccessException)
        {
            // It ended between two looks, or is somebody else's.
            return null;
        }
    }

    /// <summary>When a process was started, in ticks since Linux booted: field 22 of its <c>stat</c> (proc_pid_stat(5)). Null elsewhere.</summary>
    private static long? StartTickOf(int id)
    {
        const int AfterName = 22 - 3;
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        // The name, field 2, is in parentheses, and may hold spaces and parentheses of its own.
        var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
        return long.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[AfterName], CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// Machines may share a name, and containers of one machine number their processes anew. Linux tells both apart: by the id of this boot and
    /// the namespace of the numbers.
    /// </summary>
    private static string Name()
    {
        const string Boot = "/proc/sys/kernel/random/boot_id";
        const string Numbers = "/proc/self/ns/pid";
        try
        {
            return OperatingSystem.IsLinux()
                ? $"{Environment.MachineName} {File.ReadAllText(Boot).Trim()} {new FileInfo(Numbers).LinkTarget}"
                : Environment.MachineName;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Nothing tells this machine from others: nobody may think it knows whether a process of it runs.
            return $"{Environment.MachineName} {Guid.NewGuid()}";
        }
    }
}
