using Cake.Core;
using Cake.Core.IO;

namespace Sluice.Output.Agents;

/// <summary>Finds the agent that the program runs on.</summary>
internal static class PipelineAgents
{
    /// <summary>The agent; null at a desk. It needs no Cake host, for what is wrong is found before there is one.</summary>
    /// <param name="log">Takes what encloses the log's lines; standard output.</param>
    /// <param name="commands">Takes the other commands; standard error.</param>
    public static IPipelineAgent? OfThisProcess(TextWriter log, TextWriter commands) =>
        AgentCommands.AgentOf(Environment.GetEnvironmentVariable) is { } kind
            ? Of(kind, new CakeEnvironment(new CakePlatform(), new CakeRuntime()), log, commands)
            : null;

    /// <summary>The agent of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="environment">What it says of itself.</param>
    /// <param name="log">Takes what encloses the log's lines.</param>
    /// <param name="commands">Takes the other commands.</param>
    public static IPipelineAgent Of(AgentKind kind, ICakeEnvironment environment, TextWriter log, TextWriter commands) =>
        kind == AgentKind.GitHub
            ? new GitHubAgent(environment, new FileSystem(), log, commands)
            : new AzureDevOpsAgent(environment, log, commands);
}
