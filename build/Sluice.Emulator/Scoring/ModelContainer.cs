using Sluice.Emulator.Scoring.Mlflow;
using Sluice.Emulator.Scoring.Onnx;
using Sluice.Emulator.Scoring.Scripts;

namespace Sluice.Emulator.Scoring;

/// <summary>A deployment's container: it serves one MLflow model folder, or a scoring script.</summary>
internal sealed class ModelContainer : IAsyncDisposable
{
    private readonly InferenceServer _server;
    private readonly IEntryScript _script;
    private readonly ContainerLog _log;
    private readonly ScoringPace? _pace;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Requests in work, plus one until the container is told to stop.
    private int _users = 1;
    private int _stopping;

    /// <summary>Serves a script that is ready.</summary>
    /// <param name="script">The script; belongs to the container from now on.</param>
    /// <param name="swagger">Its description.</param>
    /// <param name="log">What the container has written before.</param>
    /// <param name="clocks">The clocks.</param>
    /// <param name="pace">How long requests take; null where they are not answered in this process.</param>
    internal ModelContainer(IEntryScript script, Swagger swagger, ContainerLog log, Clocks clocks, ScoringPace? pace = null)
    {
        _script = script;
        _log = log;
        _pace = pace;
        _server = new InferenceServer(script, swagger, log, clocks.Request);
    }

    /// <summary>What the container has written so far, as a person reads it through <c>getLogs</c>.</summary>
    internal string Log => _log.ToString();

    /// <summary>Loads the model and starts to serve it.</summary>
    /// <param name="modelFolder">The MLflow model folder, or a folder that holds it one level down.</param>
    /// <param name="clocks">The clocks.</param>
    /// <exception cref="ContainerStartException">The folder holds no model that can be served.</exception>
    internal static ModelContainer Start(string modelFolder, Clocks clocks)
    {
        var log = new ContainerLog(clocks.Service);
        log.Information("Loading the MLflow model.");
        OnnxGraph? graph = null;
        try
        {
            var folder = ModelFolder.Find(modelFolder);
            var model = MLmodelFile.Read(folder);
            var file = model.OnnxData ?? throw new ModelFolderException(
                ModelFolder.MLmodel,
                $"the model has the flavours {string.Join(", ", model.Flavors)}, but not onnx. Only ONNX graphs run without Python.");
            graph = OnnxGraph.Load(folder.PathOf(file, "flavors.onnx.data"), file);
            GraphFit.Check(graph, file, model.Signature?.Inputs);
            if (model.Signature is null)
            {
                log.Warning("No signature information provided for model.");
            }

            // https://github.com/mlflow/mlflow/issues/8220
            if (model.Signature is not { Inputs: InputSchema.Columns })
            {
                log.Warning("Arrays are answered here. On Azure the inference server may not be able to write what MLflow's onnx flavour returns for them; "
                    + "data frames, with a signature of columns, are answered on both.");
            }

            var (sample, example) = SampleReader.Find(folder, model, log);
            var container = new ModelContainer(
                new DecoratedScript(new MlflowScript(graph, model.Signature, sample)),
                Swagger.Of(sample, example, model.Signature),
                log,
                clocks,
                new ScoringPace(clocks.Request));
            log.Information($"Loaded {file}. Listening.");
            return container;
        }
        catch (ModelFolderException e)
        {
            graph?.Dispose();
            log.Error(e.Message);
            log.Error("Worker failed to boot.");
            throw new ContainerStartException(e.Message, log.ToString(), e);
        }
    }

    /// <summary>Starts a scoring script in Python processes of its own.</summary>
    /// <param name="launch">What is started.</param>
    /// <param name="instances">The deployment's instances, at least 1.</param>
    /// <param name="clocks">The clocks.</param>
    /// <param name="cancellationToken">Ends an <c>init()</c> that is under way.</param>
    /// <exception cref="ContainerStartException">There is no Python, or the script or its <c>init()</c> failed.</exception>
    internal static ModelContainer Start(ScriptLaunch launch, int instances, Clocks clocks, CancellationToken cancellationToken)
    {
        var log = new ContainerLog(clocks.Service);
        foreach (var note in launch.Notes)
        {
            log.Warning(note);
        }

        try
        {
            log.Information($"Starting {launch.ScoringScript}.");
            var script = PythonScript.Start(launch, instances, log, clocks.Request, cancellationToken);
            log.Information("Listening.");
            return new ModelContainer(script, Swagger.Of(sample: null, example: null, signature: null), log, clocks);
        }
        catch (ScriptStartException e)
        {
            log.Error(e.Message);
            log.Error("Worker failed to boot.");
            throw new ContainerStartException(e.Message, log.ToString(), e);
        }
    }

    /// <summary>
    /// Whether a request is answered so soon that its caller may as well do it itself: a model in this process, and requests of that size
    /// took no time worth mentioning lately.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="patience">How long it may take at most.</param>
    internal bool IsQuick(ContainerRequest request, TimeSpan patience) => _pace?.IsQuick(request.Body.Length, patience) ?? false;

    /// <summary>Answers a request: on the calling thread, unless a script in a process of its own has to be waited for.</summary>
    /// <param name="request">The request; it is left to the caller.</param>
    /// <returns>The answer, which the caller disposes of; null when the container is stopping.</returns>
    internal async ValueTask<ContainerAnswer?> AnswerAsync(ContainerRequest request)
    {
        if (!TryEnter())
        {
            return null;
        }

        try
        {
            if (_pace is null)
            {
                return await _server.AnswerAsync(request).ConfigureAwait(false);
            }

            var begin = _pace.Begin();
            var answer = await _server.AnswerAsync(request).ConfigureAwait(false);
            _pace.Note(request.Body.Length, begin);
            return answer;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Makes the container ready for another number of the deployment's instances, which are all served by it.</summary>
    /// <param name="instances">Instances, at least 1.</param>
    /// <param name="cancellationToken">Ends an <c>init()</c> that is under way; it goes on as it was.</param>
    /// <exception cref="ContainerStartException">It could not; it goes on as it was.</exception>
    internal void Scale(int instances, CancellationToken cancellationToken)
    {
        if (!TryEnter())
        {
            return;
        }

        try
        {
            _script.Scale(instances, cancellationToken);
        }
        catch (ScriptStartException e)
        {
            _log.Error(e.Message);
            throw new ContainerStartException(e.Message, Log, e);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Takes no more requests, ends those in work, whose answers nobody can receive any more, and unloads the model.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _stopping, 1) == 0)
        {
            _script.Abandon();
            Leave();
        }

        await _stopped.Task.ConfigureAwait(false);
    }

    private bool TryEnter()
    {
        var users = Volatile.Read(ref _users);
        while (users > 0 && Volatile.Read(ref _stopping) == 0)
        {
            var seen = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (seen == users)
            {
                return true;
            }

            users = seen;
        }

        return false;
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _users) > 0)
        {
            return;
        }

        try
        {
            _script.Dispose();
            _stopped.SetResult();
        }
        catch (Exception failure)
        {
            // It is told who stops the container, and not the request that happened to be the last one.
            _stopped.SetException(failure);
        }
    }
}
