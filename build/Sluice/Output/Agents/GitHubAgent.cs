using System.Text;
using Cake.Common.Build.GitHubActions;
using Cake.Common.Build.GitHubActions.Commands;
using Cake.Common.Build.GitHubActions.Data;
using Cake.Core;
using Cake.Core.IO;
using Sluice.Rollouts;
using Path = System.IO.Path;

namespace Sluice.Output.Agents;

/// <summary>A runner of GitHub Actions. Cake's provider escapes what its commands say; only outputs are written here.</summary>
internal sealed class GitHubAgent : IPipelineAgent
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly GitHubActionsProvider _agent;
    private readonly GitHubActionsCommands _log;

    /// <summary>The runner that the environment speaks of.</summary>
    public GitHubAgent(ICakeEnvironment environment, IFileSystem files, TextWriter log, TextWriter commands)
    {
        _agent = new GitHubActionsProvider(environment, files, new AgentMessages(commands));
        _log = new GitHubActionsProvider(environment, files, new AgentMessages(log)).Commands;
    }

    /// <inheritdoc/>
    public void BeginGroup(string title) => _log.StartGroup(title);

    /// <inheritdoc/>
    public void EndGroup() => _log.EndGroup();

    /// <inheritdoc/>
    public void Error(Annotation error) => _agent.Commands.Error(error.Message, PlaceOf(error));

    /// <inheritdoc/>
    public void Warning(Annotation warning) => _agent.Commands.Warning(warning.Message, PlaceOf(warning));

    /// <inheritdoc/>
    /// <remarks>Each value stands between two lines that nobody can foresee, so that none can set an output of its own.</remarks>
    public void SetOutputs(IReadOnlyCollection<KeyValuePair<string, string>> outputs)
    {
        if (_agent.Environment.Runtime.OutputPath is not { } file)
        {
            return;
        }

        var text = new StringBuilder();
        foreach (var (name, value) in outputs)
        {
            var limit = $"sluice-{Guid.NewGuid():N}";
            text.Append(name).Append("<<").Append(limit).Append('\n').Append(value).Append('\n').Append(limit).Append('\n');
        }

        File.AppendAllText(file.FullPath, text.ToString(), Utf8);
    }

    /// <inheritdoc/>
    public void Summarize(string title, string file)
    {
        if (_agent.Environment.Runtime.StepSummary is not null)
        {
            _agent.Commands.SetStepSummary(File.ReadAllText(file));
        }
    }

    /// <summary>GitHub knows a file by its path in the repository; one outside is told by the message alone.</summary>
    private GitHubActionsAnnotation PlaceOf(Annotation annotation)
    {
        var none = new GitHubActionsAnnotation();
        if (annotation.File is not { } file || _agent.Environment.Workflow.Workspace is not { } workspace)
        {
            return none;
        }

        var path = Path.GetRelativePath(workspace.FullPath, file);
        return FolderPath.IsBelow(path)
            ? new GitHubActionsAnnotation { File = path.Replace('\\', '/'), StartLine = annotation.Line, StartColumn = annotation.Column }
            : none;
    }
}
