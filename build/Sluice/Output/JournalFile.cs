using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Ports;

namespace Sluice.Output;

/// <summary>
/// Keeps a copy of the journal on this machine: one JSON object a line, appended. It is for people and pipelines to keep;
/// nothing reads it back.
/// </summary>
internal sealed class JournalFile : IRolloutObserver, IDisposable
{
    private readonly FileStream _file;

    /// <summary>Opens the file for appending, and makes its folder.</summary>
    /// <param name="path">The file; its rights are the owner's only.</param>
    public JournalFile(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = ArtifactsFolder.ForOwner(FileMode.Append);
        options.Share = FileShare.ReadWrite;
        _file = new FileStream(path, options);
    }

    /// <inheritdoc/>
    public void Recorded(JournalEvent recorded)
    {
        _file.Write(JournalFormat.Write([recorded]));
        _file.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
