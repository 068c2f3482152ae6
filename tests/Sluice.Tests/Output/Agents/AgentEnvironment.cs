using Cake.Core;
using Cake.Core.IO;

namespace Sluice.Tests.Output.Agents;

/// <summary>What an agent says of itself, without its being there.</summary>
internal sealed class AgentEnvironment(IDictionary<string, string> variables) : ICakeEnvironment
{
    public DirectoryPath WorkingDirectory { get; set; } = new(Environment.CurrentDirectory);

    public DirectoryPath ApplicationRoot => WorkingDirectory;

    public ICakePlatform Platform { get; } = new CakePlatform();

    public ICakeRuntime Runtime { get; } = new CakeRuntime();

    public DirectoryPath GetSpecialPath(SpecialPath path) => WorkingDirectory;

    public string? GetEnvironmentVariable(string variable) => variables.TryGetValue(variable, out var value) ? value : null;

    public IDictionary<string, string?> GetEnvironmentVariables() => variables.ToDictionary(entry => entry.Key, entry => (string?)entry.Value);
}
