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
    private const string FileName = "summary.md";

    /// <summary>Targets besides the stages that know the endpoint.</summary>
    private static readonly string[] Looks = ["Plan", "Status"];

    private readonly Lock _lock = new();
    private bool _isWritten;

    /// <summary>Hands over what a run leaves that was refused for its command line or its configuration. At a desk that was said already.</summary>
    /// <param name="root">The folder of the checkout.</param>
    /// <param name="target">What it was to do.</param>
    /// <param name="mistakes">What is wrong.</param>
    public void WriteRefused(string root, string target, IEnumerable<Annotation> mistakes)
    {
        if (agent is not null && IsFor(target))
        {
            Attempt(() =>
            {
                agent.SetOutputs(RunOutputs.OfMistaken);
                agent.Summarize(target, WriteFile(root, FileName, SummaryMarkdown.OfMistaken(target, RunOutputs.Verdict(ExitCode.Mistaken), mistakes)));
            });
        }
    }

    /// <summary>Hands over what a run leaves, once: a second call waits for the first, and does nothing.</summary>
    /// <param name="parameters">What it was asked to do.</param>
    /// <param name="summary">The last word; null for a target that does not have one.</param>
    /// <param name="record">What was seen and done.</param>
    /// <param name="failure">What ended the run early, in a sentence; null when nothing did.</param>
    /// <param name="exitCode">How it ended.</param>
    /// <returns>Whether this call has handed it over.</returns>
    public bool Write(Parameters parameters, Summary? summary, RunRecord record, string? failure, int exitCode)
    {
        lock (_lock)
        {
            if (_isWritten)
            {
                return false;
            }

            _isWritten = true;
            WriteOnce(parameters, summary, record, failure, exitCode);
            return true;
        }
    }

    private static bool IsFor(string target) => Enum.TryParse<Stage>(target, out _) || Looks.Contains(target);

    private void WriteOnce(Parameters parameters, Summary? summary, RunRecord record, string? failure, int exitCode)
    {
        if (failure is not null)
        {
            Tell(new(failure), exitCode, parameters.Rehearsal);
        }

        // A look at a desk is over when it was shown.
        if (summary is null || !IsFor(parameters.Target) || (parameters.Stages.Count == 0 && agent is null))
        {
            return;
        }

        Attempt(() =>
        {
            var file = WriteFile(
                parameters.Root,
                parameters.Rehearsal is null ? FileName : $"rehearsal-{FileName}",
                SummaryMarkdown.Lines(parameters.Target, summary, record, RunOutputs.Verdict(exitCode)));
            agent?.Summarize(parameters.Target, file);
            agent?.SetOutputs(RunOutputs.Of(
                summary.Spec, record, exitCode, summary.Report ?? file));
        });
    }

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

    /// <summary>A candidate that was made worse and is sent back is what its rehearsal was to show.</summary>
    private void Tell(Annotation annotation, int exitCode, RehearsalRun? rehearsal)
    {
        if (exitCode == ExitCode.Held || ExitCode.IsOfSignal(exitCode) || (exitCode == ExitCode.RolledBack && rehearsal is { Injected: not null }))
        {
            agent?.Warning(annotation);
        }
        else
        {
            agent?.Error(annotation);
        }
    }

    private static string WriteFile(string root, string name, IEnumerable<string> lines)
    {
        var path = Path.Combine(ArtifactsFolder.Open(root), name);
        using var writer = new StreamWriter(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), ArtifactsFolder.ForOwner(FileMode.Create));
        foreach (var line in lines)
        {
            writer.Write($"{line}\n");
        }

        return path;
    }
}
