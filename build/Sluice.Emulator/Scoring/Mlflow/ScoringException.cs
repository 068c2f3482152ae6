namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>The scoring script throws: the client gets 500 and no reason, the container's log gets the reason.</summary>
internal sealed class ScoringException : Exception
{
    /// <summary>Says why a request cannot be scored.</summary>
    /// <param name="type">The name of Python's exception, for example <c>MlflowException</c>.</param>
    /// <param name="message">Its message.</param>
    internal ScoringException(string type, string message)
        : base($"{type}: {message}")
    {
    }

    /// <summary>MLflow's own exception.</summary>
    internal static ScoringException Mlflow(string message) => new("mlflow.exceptions.MlflowException", message);
}
