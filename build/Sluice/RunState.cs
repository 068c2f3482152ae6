using Sluice.CommandLine;
using Sluice.Output;
using Sluice.Output.Agents;
using Sluice.Rollouts.Ports;
using Sluice.Sessions;

namespace Sluice;

/// <summary>What a run leaves behind in memory for the program's last word, after the host has finished.</summary>
public sealed class RunState
{
    /// <summary>A run that writes its results there, takes secrets in by the mask, and that the token ends.</summary>
    /// <param name="output">Standard output.</param>
    /// <param name="mask">Takes the run's secrets in.</param>
    /// <param name="agent">The agent that it runs on; null at a desk.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal RunState(TextWriter output, ISecretMask mask, IPipelineAgent? agent, CancellationToken cancellationToken)
    {
        Output = output;
        Mask = mask;
        Agent = agent;
        Record = new(agent);
        CancellationToken = cancellationToken;
    }

    /// <summary>Where tasks write their results.</summary>
    public TextWriter Output { get; }

    /// <summary>Takes the run's secrets in.</summary>
    public ISecretMask Mask { get; }

    /// <summary>Cancelled by the first SIGINT, SIGTERM or SIGHUP.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>What ended the run early; null when nothing did.</summary>
    public Exception? Error { get; internal set; }

    /// <summary>
    /// Whether a stage was held or rolled back. The engine, which knows of errors alone, takes that for one; the screen and the summary say what
    /// it is.
    /// </summary>
    internal bool IsStopped { get; set; }

    /// <summary>The agent that it runs on; null at a desk.</summary>
    internal IPipelineAgent? Agent { get; }

    /// <summary>What was seen and done.</summary>
    internal RunRecord Record { get; }

    /// <summary>The exit code when all goes well.</summary>
    internal int GoodEnd { get; set; } = ExitCode.Done;

    /// <summary>The session; null when no stage was reached.</summary>
    internal RolloutSession? Session { get; set; }

    /// <summary>Lines that the program prints last.</summary>
    internal List<string> LastLines { get; } = [];
}
