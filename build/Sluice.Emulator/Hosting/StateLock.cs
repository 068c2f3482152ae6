namespace Sluice.Emulator.Hosting;

/// <summary>The right to serve a state folder: a lock of the operating system, which a killed process gives up by dying.</summary>
internal sealed class StateLock : IDisposable
{
    private readonly FileStream _file;

    private StateLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, or answers null when somebody has it.</summary>
    public static StateLock? TryTake(StateFolder folder)
    {
        try
        {
            return new StateLock(OwnerOnly.Open(folder.LockFile, FileMode.OpenOrCreate));
        }
        catch (IOException fault) when (fault is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            return null;
        }
    }

    /// <summary>Gives the lock back.</summary>
    public void Dispose() => _file.Dispose();
}
