using Sluice.CommandLine;
using Sluice.Rollouts.Ports;
using Sluice.Sessions;

namespace Sluice;

/// <summary>What a run leaves behind in memory for the program's last word, after the host has finished.</summary>
public sealed class RunState
{
    /// <summary>A run that writes its results there, takes secrets in by the mask, and that the token ends.</summary>
    public RunState(TextWriter output, ISecretMask mask, CancellationToken cancellationToken)
    {
        Output = output;
        Mask = mask;
        CancellationToken = cancellationToken;
    }

    /// <summary>Where tasks write their results.</summary>
    public TextWriter Output { get; }

    /// <summary>Takes the run's secrets in.</summary>
    public ISecretMask Mask { get; }

    /// <summary>Cancelled by the first SIGINT or SIGTERM.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>What ended the run early; null when nothing did.</summary>
    public Exception? Error { get; internal set; }

    /// <summary>The exit code when all goes well.</summary>
    internal int GoodEnd { get; set; } = ExitCode.Done;

    /// <summary>The session; null when no stage was reached.</summary>
    internal RolloutSession? Session { get; set; }

    /// <summary>Lines that the program prints last.</summary>
    internal List<string> LastLines { get; } = [];
}
