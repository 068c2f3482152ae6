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
        IsTrue(environment("GITHUB_ACTIONS")) ? GitHub : IsTrue(environment("TF_BUILD")) ? AzureDevOps : null);

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

    private static string GitHub(string value) => $"::add-mask::{Escaped(value, "%25")}";

    // Not %25: the agent knows that one as three characters of the value.
    private static string AzureDevOps(string value) => $"##vso[task.setsecret]{Escaped(value, "%AZP25")}";

    /// <summary>A command ends with its line, and a signature has per cents that the agent would take for its own.</summary>
    private static string Escaped(string value, string perCent) => value
        .Replace("%", perCent, StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    private static bool IsTrue(string? value) => string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
}
