namespace Sluice.Emulator.Scoring;

/// <summary>A no-code deployment's container: it serves one MLflow model folder.</summary>
internal sealed class ModelContainer : IAsyncDisposable
{
    private ModelContainer(string log) => Log = log;

    /// <summary>What the container has written so far, as a person reads it through <c>getLogs</c>.</summary>
    internal string Log { get; }

    /// <summary>Loads the model and starts to serve it.</summary>
    /// <param name="modelFolder">The MLflow model folder, or a folder that holds it one level down.</param>
    /// <param name="time">The clock of the log lines and of the measured run times.</param>
    /// <exception cref="ContainerStartException">The folder holds no model that can be served.</exception>
    internal static ModelContainer Start(string modelFolder, TimeProvider time)
    {
        var log = $"{time.GetUtcNow():yyyy-MM-dd HH:mm:ss} Loading the model.\n";
        if (!File.Exists(Path.Combine(modelFolder, "MLmodel")))
        {
            const string reason = "MLmodel: the file is missing from the model folder.";
            throw new ContainerStartException(reason, $"{log}{reason}\n");
        }

        return new ModelContainer(log);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
