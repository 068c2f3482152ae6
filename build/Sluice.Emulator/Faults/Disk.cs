using System.Runtime.InteropServices;

namespace Sluice.Emulator.Faults;

/// <summary>Stands in the way of the emulator's own writes, and fails them as a disk does.</summary>
internal sealed class Disk(LiveFaults faults)
{
    private const int NoSpaceLeft = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsWriteProtected = unchecked((int)0x80070013);

    /// <summary>Asked before each write is complete, so that what was written of it by then has to be cleared away.</summary>
    /// <exception cref="IOException">The write fails.</exception>
    public void BeforeWrite(DiskArea area)
    {
        switch (faults.Current.OfWrite(area))
        {
            case DiskState.Full:
                throw new IOException("No space left on device.", OnWindows ? WindowsDiskFull : NoSpaceLeft);
            case DiskState.ReadOnly:
                throw new IOException("Read-only file system.", OnWindows ? WindowsWriteProtected : ReadOnlyFileSystem);
            default:
                return;
        }
    }

    private static bool OnWindows => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);
}
