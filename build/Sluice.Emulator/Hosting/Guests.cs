namespace Sluice.Emulator.Hosting;

/// <summary>
/// The processes that are attached to a server: each holds a file of its own open, so that one that was killed is a guest no more.
/// </summary>
internal sealed class Guests(string stateFolder)
{
    private readonly string _folder = Path.Combine(stateFolder, "guests");

    /// <summary>Whether a process is attached.</summary>
    public bool Any => Directory.Exists(_folder) && Directory.EnumerateFiles(_folder).Any(IsHeld);

    /// <summary>Attaches this process until the result is disposed of.</summary>
    public IDisposable Enter()
    {
        OwnerOnly.MakeFolder(_folder);
        var path = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
        return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
    }

    // Opening is refused while the guest holds its file; what a killed guest left behind is removed by the look.
    private static bool IsHeld(string path)
    {
        try
        {
            using var left = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
