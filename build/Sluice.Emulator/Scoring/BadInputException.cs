namespace Sluice.Emulator.Scoring;

/// <summary>A request that the inference server itself refuses with 400, before the scoring script is asked.</summary>
internal sealed class BadInputException : Exception
{
    /// <summary>Refuses a request.</summary>
    /// <param name="message">What the client is told.</param>
    internal BadInputException(string message)
        : base(message)
    {
    }
}
