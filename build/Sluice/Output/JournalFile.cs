using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Ports;

namespace Sluice.Output;

/// <summary>
/// Keeps a copy of the journal on this machine: one JSON object a line, appended. It is for people and pipelines to keep; a run reads no more of
/// it back than what it has written itself, for its report.
/// </summary>
internal sealed class JournalFile : IRolloutObserver, IDisposable
{
    private readonly FileStream _file;
    private readonly long _begin;

    /// <summary>Opens the file for appending, and makes its folder.</summary>
    /// <param name="path">The file; its rights are the owner's only.</param>
    public JournalFile(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = ArtifactsFolder.ForOwner(FileMode.Append);
        options.Share = FileShare.ReadWrite;
        _file = new FileStream(path, options);
        _begin = _file.Position;
    }

    /// <summary>What was recorded of a rollout since the file was opened, oldest first.</summary>
    /// <param name="rollout">The rollout's id; another run may write into the same file.</param>
    public IReadOnlyList<JournalEvent> RecordedOf(string rollout)
    {
        using var file = new FileStream(_file.Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = _begin;
        var lines = new byte[file.Length - _begin];
        file.ReadExactly(lines);
        return JournalFormat.Read(lines).Of(rollout);
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
