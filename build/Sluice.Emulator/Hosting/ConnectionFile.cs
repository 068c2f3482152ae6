using System.Diagnostics;
using System.Text.Json;

namespace Sluice.Emulator.Hosting;

/// <summary><c>connection.json</c>: there while a server runs, and only its owner can read it.</summary>
internal static class ConnectionFile
{
    /// <summary>Tells others how to attach.</summary>
    public static void Write(StateFolder folder, EmulatorConnection connection) =>
        OwnerOnly.Write(folder.ConnectionFile, JsonSerializer.Serialize(connection, ConnectionJson.Default.EmulatorConnection));

    /// <summary>Takes it away.</summary>
    public static void Remove(StateFolder folder) => File.Delete(folder.ConnectionFile);

    /// <summary>Reads it, or answers null when there is none yet or when its writer is dead.</summary>
    public static EmulatorConnection? TryReadFresh(StateFolder folder)
    {
        try
        {
            using var file = new FileStream(folder.ConnectionFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var connection = JsonSerializer.Deserialize(file, ConnectionJson.Default.EmulatorConnection);
            return connection is not null && IsAlive(connection.ProcessId) ? connection : null;
        }
        catch (Exception fault) when (fault is FileNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether a process runs.</summary>
    public static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
