using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Ports;

namespace Sluice.Output;

/// <summary>
/// Keeps a copy of the journal on this machine: one JSON object a line, appended. It is for people and pipelines to keep; a run reads no more of
/// it back than what it has written itself, for its report.
/// </summary>
internal sealed class JournalFile : IRolloutObserver, IDisposable
{
    private readonly string _path;
    private readonly FileStream? _file;
    private readonly Action<string> _say;
    private readonly long _begin;
    private string? _fault;

    /// <summary>Opens the file for appending, and makes its folder. Where that can't be, it says so, and there is no copy.</summary>
    /// <param name="path">The file; its rights are the owner's only.</param>
    /// <param name="say">Takes what a person should know.</param>
    public JournalFile(string path, Action<string> say)
    {
        _path = path;
        _say = say;
        var options = ArtifactsFolder.ForOwner(FileMode.Append);
        options.Share = FileShare.ReadWrite;

        // What could not be written must not come back when the file is closed.
        options.BufferSize = 0;
        try
        {
            ArtifactsFolder.Make(Path.GetDirectoryName(path)!);
            _file = new FileStream(path, options);
            _begin = _file.Position;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _fault = error.Message;
            _say($"There is no copy of the journal on this machine: {error.Message} The workspace's journal is written all the same.");
        }
    }

    /// <summary>What was recorded of a rollout since the file was opened, oldest first.</summary>
    /// <param name="rollout">The rollout's id; another run may write into the same file.</param>
    /// <exception cref="IOException">The file can't be read, or lacks what could not be written.</exception>
    public IReadOnlyList<JournalEvent> RecordedOf(string rollout)
    {
        if (_fault is not null)
        {
            throw new IOException($"the copy of the journal is not whole: {_fault}");
        }

        using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = _begin;
        var lines = new byte[file.Length - _begin];
        file.ReadExactly(lines);
        return JournalFormat.Read(lines).Of(rollout);
    }

    /// <inheritdoc/>
    /// <remarks>The first event that can't be written is the last one that is tried: a copy with a gap would look whole.</remarks>
    public void Recorded(JournalEvent recorded)
    {
        if (_fault is not null)
        {
            return;
        }

        try
        {
            _file!.Write(JournalFormat.Write([recorded]));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _fault = error.Message;
            _say($"artifacts/{Path.GetFileName(_path)} ends here, as it can't be written: {error.Message} The workspace's journal goes on.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();
}
