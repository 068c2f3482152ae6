namespace Sluice.Emulator.Scoring.Mlflow;

/// <summary>A file of a model folder is missing or cannot be used.</summary>
internal sealed class ModelFolderException : Exception
{
    /// <summary>Says which file is at fault.</summary>
    /// <param name="file">The file, relative to the model folder.</param>
    /// <param name="reason">What is wrong with it, what was expected. One or more whole sentences.</param>
    /// <param name="innerException">What was caught, if anything was.</param>
    internal ModelFolderException(string file, string reason, Exception? innerException = null)
        : base($"{file}: {reason}", innerException)
    {
    }
}
