using System.Text;

namespace Sluice.Emulator.Operations;

/// <summary>The text of <c>getLogs</c>: how far the instance came, then what the container wrote.</summary>
internal static class InstanceLog
{
    /// <summary>The steps of an instance's start, in order.</summary>
    internal enum Step
    {
        SystemSetup,
        UserContainerImagePull,
        ModelDownload,
        UserContainerStart,
    }

    /// <summary>The log of an instance that is up.</summary>
    public static string Succeeded(string containerLog) => Render(failed: null, containerLog);

    /// <summary>The log of an instance whose start ended at a step.</summary>
    public static string Failed(Step failed, string containerLog) => Render(failed, containerLog);

    /// <summary>The log of an instance that is on its way.</summary>
    public static string Pending { get; } = "Instance status:\nSystemSetup: InProgress\n\nContainer logs:\n";

    /// <summary>The last lines of a log.</summary>
    /// <param name="log">The log.</param>
    /// <param name="lines">How many lines; 0 or less means all.</param>
    public static string Tail(string log, int lines)
    {
        if (lines <= 0)
        {
            return log;
        }

        var all = log.TrimEnd('\n').Split('\n');
        return $"{string.Join('\n', all.TakeLast(lines))}\n";
    }

    private static string Render(Step? failed, string containerLog)
    {
        var text = new StringBuilder("Instance status:\n");
        foreach (var step in Enum.GetValues<Step>())
        {
            text.Append(step).Append(step == failed ? ": Failed\n" : ": Succeeded\n");
            if (step == failed)
            {
                break;
            }
        }

        return text.Append("\nContainer logs:\n").Append(containerLog).Append(containerLog.EndsWith('\n') ? "" : "\n").ToString();
    }
}
