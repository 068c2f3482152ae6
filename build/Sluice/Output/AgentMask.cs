using Sluice.Output.Agents;
using Sluice.Rollouts;
using Sluice.Rollouts.Ports;

namespace Sluice.Output;

/// <summary>
/// Tells the agent that a pipeline runs on which values it has to blot out of its log. At a desk nobody is told: there the command would
/// itself show the secret.
/// </summary>
/// <remarks>
/// The commands go to standard error. The agents read it as they read standard output, and what a run was asked for stays alone there:
/// one JSON document, say; and whoever catches the output in a file or a variable does not catch the secrets with it.
/// </remarks>
internal sealed class AgentMask : ISecretMask
{
    private readonly TextWriter _commands;
    private readonly Func<string, string>? _command;
    private readonly HashSet<string> _hidden = new(StringComparer.Ordinal);

    private AgentMask(TextWriter commands, Func<string, string>? command) => (_commands, _command) = (commands, command);

    /// <summary>The mask for where the program runs.</summary>
    /// <param name="environment">Reads an environment variable; null when it is not set.</param>
    /// <param name="commands">Takes the agent's commands; standard error.</param>
    public static AgentMask Of(Func<string, string?> environment, TextWriter commands) => new(
        commands,
        AgentCommands.AgentOf(environment) switch
        {
            AgentKind.GitHub => value => $"::add-mask::{AgentCommands.Said(AgentKind.GitHub, value)}",
            AgentKind.AzureDevOps => value => $"##vso[task.setsecret]{AgentCommands.Said(AgentKind.AzureDevOps, value)}",
            _ => null,
        });

    /// <inheritdoc/>
    public Secret Hide(string value)
    {
        if (_command is not null && !string.IsNullOrWhiteSpace(value))
        {
            lock (_hidden)
            {
                if (_hidden.Add(value))
                {
                    _commands.WriteLine(_command(value));
                }
            }
        }

        return new Secret(value);
    }
}
