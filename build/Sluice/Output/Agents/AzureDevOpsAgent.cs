using Cake.Common.Build.AzurePipelines;
using Cake.Common.Build.AzurePipelines.Data;
using Cake.Core;
using Path = System.IO.Path;

namespace Sluice.Output.Agents;

/// <summary>An agent of Azure DevOps. Cake's provider writes its commands as they are, so everything is escaped here.</summary>
internal sealed class AzureDevOpsAgent : IPipelineAgent
{
    private readonly IAzurePipelinesCommands _commands;
    private readonly IAzurePipelinesCommands _log;

    /// <summary>The agent that the environment speaks of.</summary>
    public AzureDevOpsAgent(ICakeEnvironment environment, TextWriter log, TextWriter commands)
    {
        _commands = new AzurePipelinesProvider(environment, new AgentMessages(commands)).Commands;
        _log = new AzurePipelinesProvider(environment, new AgentMessages(log)).Commands;
    }

    /// <inheritdoc/>
    public void BeginGroup(string title) => _log.BeginGroup(Said(title));

    /// <inheritdoc/>
    public void EndGroup() => _log.EndGroup();

    /// <inheritdoc/>
    public void Error(Annotation error) => _commands.WriteError(Said(error.Message), PlaceOf(error));

    /// <inheritdoc/>
    public void Warning(Annotation warning) => _commands.WriteWarning(Said(warning.Message), PlaceOf(warning));

    /// <inheritdoc/>
    public void SetOutputs(IReadOnlyCollection<KeyValuePair<string, string>> outputs)
    {
        foreach (var (name, value) in outputs)
        {
            _commands.SetOutputVariable(name, Said(value));
        }
    }

    /// <inheritdoc/>
    /// <remarks>The agent sends the file off later, and names it by its name: so each has one of its own, which no later run overwrites.</remarks>
    public void Summarize(string title, string file)
    {
        var copy = Path.Combine(Path.GetDirectoryName(file)!, $"{Path.GetFileNameWithoutExtension(file)}-{title.ToLowerInvariant()}.md");
        File.Copy(file, copy, overwrite: true);
        _commands.UploadTaskSummary(Said(copy));
    }

    /// <summary>Paths are absolute; the agent itself knows which repository a file is of.</summary>
    private static AzurePipelinesMessageData PlaceOf(Annotation annotation) => new()
    {
        SourcePath = annotation.File is null ? null : AgentCommands.AzureProperty(annotation.File),
        LineNumber = annotation.Line,
        ColumnNumber = annotation.Column,
    };

    private static string Said(string text) => AgentCommands.Said(AgentKind.AzureDevOps, text);
}
