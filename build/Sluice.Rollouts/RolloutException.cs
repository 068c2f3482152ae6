namespace Sluice.Rollouts;

/// <summary>
/// Something that ends the run and that a person is told in one sentence: what happened, where, and with what. The state
/// that the endpoint is in and what to run next are added by whoever shows it.
/// </summary>
public class RolloutException : Exception
{
    /// <summary>An error with its sentence.</summary>
    public RolloutException(string message)
        : base(message)
    {
    }

    /// <summary>An error with its sentence and its cause.</summary>
    public RolloutException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
