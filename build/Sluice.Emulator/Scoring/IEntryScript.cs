namespace Sluice.Emulator.Scoring;

/// <summary>A container's entry script as the inference server sees it. Called on several threads at once.</summary>
internal interface IEntryScript : IDisposable
{
    /// <summary>Reads the input of a GET or POST as the script takes it.</summary>
    /// <param name="request">The request; it lives until the script has run.</param>
    /// <returns>
    /// Runs the script, and takes the buffer for the answer's JSON; a script in this process has run when it returns. It throws what counts
    /// as the script's failure, and <see cref="UnserializableAnswerException"/>, which counts as the server's.
    /// </returns>
    /// <exception cref="BadInputException">The input is not what the script takes.</exception>
    /// <exception cref="UnsupportedInputException">The input is of a kind that the script does not take.</exception>
    Func<PooledBuffer, ValueTask> Read(ContainerRequest request);

    /// <summary>Makes the script ready for another number of instances. Not called on several threads at once.</summary>
    /// <param name="instances">The deployment's instances, at least 1.</param>
    /// <param name="cancellationToken">Ends what is under way; the script goes on as it was.</param>
    /// <exception cref="Scripts.ScriptStartException">It could not; it goes on as it was.</exception>
    void Scale(int instances, CancellationToken cancellationToken);

    /// <summary>Ends the requests that it has, where it is in its power: nobody can receive their answers any more. No others come.</summary>
    void Abandon();
}
