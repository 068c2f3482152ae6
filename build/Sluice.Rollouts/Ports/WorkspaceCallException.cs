namespace Sluice.Rollouts.Ports;

/// <summary>A call on the workspace that failed: which call, on which resource, and what the service said.</summary>
public sealed class WorkspaceCallException : RolloutException
{
    /// <summary>Composes the sentence from its parts.</summary>
    /// <param name="call">What was tried, for example <c>create deployment green-2</c>.</param>
    /// <param name="code">The service's error code; null when it gave none.</param>
    /// <param name="message">The service's message, unwrapped to the innermost cause.</param>
    /// <param name="containerLog">The last lines of the deployment's container log; null when there is none.</param>
    /// <param name="innerException">The exception of the SDK; its text must hold no secret.</param>
    public WorkspaceCallException(string call, string? code, string message, string? containerLog = null, Exception? innerException = null)
        : base($"Could not {call}: {(code is null ? "" : code + ": ")}{message}", innerException)
    {
        Call = call;
        Code = code;
        ContainerLog = containerLog;
    }

    /// <summary>What was tried.</summary>
    public string Call { get; }

    /// <summary>The service's error code; null when it gave none.</summary>
    public string? Code { get; }

    /// <summary>The last lines of the deployment's container log, where a deployment failed.</summary>
    public string? ContainerLog { get; }
}
