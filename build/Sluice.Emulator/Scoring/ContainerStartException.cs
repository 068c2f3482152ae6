namespace Sluice.Emulator.Scoring;

/// <summary>The container of a deployment did not come up; the deployment has failed.</summary>
internal sealed class ContainerStartException : Exception
{
    /// <summary>Says that a container did not start.</summary>
    /// <param name="reason">One sentence that names the file, relative to the model folder, and what is wrong with it.</param>
    /// <param name="log">The container's log up to its end; its last line holds <paramref name="reason"/>.</param>
    /// <param name="innerException">What was caught, if anything was.</param>
    internal ContainerStartException(string reason, string log, Exception? innerException = null)
        : base(reason, innerException) => Log = log;

    /// <summary>What the container wrote before it ended, as a person reads it through <c>getLogs</c>.</summary>
    internal string Log { get; }
}
