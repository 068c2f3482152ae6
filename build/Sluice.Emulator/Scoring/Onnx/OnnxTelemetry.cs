using System.Runtime.InteropServices;

namespace Sluice.Emulator.Scoring.Onnx;

/// <summary>
/// ONNX Runtime reports to Microsoft since 1.29, and writes a device's id below the home folder: not what a local Azure ML does that says it
/// calls nobody. Its documentation names a variable that switches both off when it is set before the runtime begins.
/// </summary>
internal static class OnnxTelemetry
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";

    /// <summary>Switches it off in this process, and in those that it starts. It has to come before anything else of the runtime.</summary>
    /// <exception cref="InvalidOperationException">There is no room for another variable.</exception>
    public static void SwitchOff()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not null)
        {
            return;
        }

        Environment.SetEnvironmentVariable(Variable, "1");

        // Elsewhere than on Windows .NET has a copy of the environment of its own, which native code does not see.
        if (!OperatingSystem.IsWindows() && SetNative("ORT_DISABLE_TELEMETRY\0"u8.ToArray(), "1\0"u8.ToArray(), overwrite: 0) != 0)
        {
            throw new InvalidOperationException($"{Variable} can't be set, and without it ONNX Runtime would report to others.");
        }
    }

    [DllImport("libc", EntryPoint = "setenv")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetNative(byte[] name, byte[] value, int overwrite);
}
