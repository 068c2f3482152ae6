using System.Text.Json;
using System.Text.Json.Serialization;
using Sluice.Rollouts.Journal;
using Sluice.Rollouts.Ports;

namespace Sluice.Output;

/// <summary>
/// Keeps a copy of the journal on this machine: one JSON object a line, appended. It is for people and pipelines to keep;
/// nothing reads it back.
/// </summary>
internal sealed class JournalFile : IRolloutObserver, IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly StreamWriter _writer;

    /// <summary>Opens the file for appending, and makes its folder.</summary>
    /// <param name="path">The file; its rights are the owner's only.</param>
    public JournalFile(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        _writer = new StreamWriter(path, options) { AutoFlush = true };
    }

    /// <inheritdoc/>
    public void Recorded(JournalEvent recorded) => _writer.WriteLine(JsonSerializer.Serialize(recorded, Json));

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}
