using System.Text;
using Cake.Core;
using Sluice.CommandLine;
using Sluice.Output.Agents;
using Sluice.Rollouts.Planning;

namespace Sluice.Output;

/// <summary>
/// What a run hands over when it ends, however it ends: the summary among the artifacts, and to the agent that summary, the outputs, and what
/// ended the run early.
/// </summary>
/// <param name="agent">The agent; null at a desk.</param>
/// <param name="log">Is told when something can't be handed over: that changes no rollout, and no exit code.</param>
internal sealed class RunHandover(IPipelineAgent? agent, TextWriter log)
{
    /// <summary>Targets besides the stages that know the endpoint.</summary>
    private static readonly string[] Looks = ["Plan", "Status"];

    /// <summary>Hands over what a run leaves that was refused for its command line or its configuration.</summary>
    /// <param name="target">What it was to do.</param>
    public void WriteRefused(string target)
    {
        if (IsFor(target))
        {
            Attempt(() => agent?.SetOutputs(RunOutputs.OfMistaken));
        }
    }

    /// <summary>Hands over what a run leaves.</summary>
    /// <param name="parameters">What it was asked to do.</param>
    /// <param name="summary">The last word; null for a target that does not have one.</param>
    /// <param name="record">What was seen and done.</param>
    /// <param name="error">What ended the run early; null when nothing did.</param>
    /// <param name="exitCode">How it ended.</param>
    public void Write(Parameters parameters, Summary? summary, RunRecord record, Exception? error, int exitCode)
    {
        if (error is not null)
        {
            Tell(new(FailureText.Sentence(error, exitCode)), exitCode);
        }

        // A look at a desk is over when it was shown.
        if (summary is null || !IsFor(parameters.Target) || (parameters.Stages.Count == 0 && agent is null))
        {
            return;
        }

        Attempt(() =>
        {
            var file = WriteFile(parameters, SummaryMarkdown.Lines(parameters.Target, summary, record, RunOutputs.Verdict(exitCode)));
            agent?.Summarize(parameters.Target, file);
            agent?.SetOutputs(RunOutputs.Of(
                summary.Spec, record, exitCode, summary.Report ?? file));
        });
    }

    private static bool IsFor(string target) => Enum.TryParse<Stage>(target, out _) || Looks.Contains(target);

    private void Attempt(Action handOver)
    {
        try
        {
            handOver();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CakeException)
        {
            log.WriteLine($"What came of this run could not be handed over in full: {AgentCommands.Defuse(failure.Message)}");
        }
    }

    private void Tell(Annotation annotation, int exitCode)
    {
        if (exitCode == ExitCode.Held || ExitCode.IsOfSignal(exitCode))
        {
            agent?.Warning(annotation);
        }
        else
        {
            agent?.Error(annotation);
        }
    }

    private static string WriteFile(Parameters parameters, IEnumerable<string> lines)
    {
        var name = parameters.Rehearsal is null ? "summary.md" : "rehearsal-summary.md";
        var path = Path.Combine(ArtifactsFolder.Open(parameters.Root), name);
        using var writer = new StreamWriter(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), ArtifactsFolder.ForOwner(FileMode.Create));
        foreach (var line in lines)
        {
            writer.Write($"{line}\n");
        }

        return path;
    }
}
