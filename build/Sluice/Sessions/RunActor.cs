using Cake.Common;
using Cake.Common.Build;
using Cake.Core;

namespace Sluice.Sessions;

/// <summary>Who runs: the journal names it beside each event, so that people find the pipeline's run, or each other.</summary>
internal static class RunActor
{
    /// <summary>Whether the one who runs may be another than <see cref="Of"/> says: Azure Pipelines keeps the name of who queued a run.</summary>
    public static bool MayBeAnother(ICakeContext context) => context.BuildSystem().IsRunningOnAzurePipelines
        && (context.EnvironmentVariable("SYSTEM_STAGEATTEMPT", 1) > 1 || context.EnvironmentVariable("SYSTEM_JOBATTEMPT", 1) > 1);

    /// <summary>
    /// In GitHub Actions and Azure Pipelines the run's URL and who started it, as the agent's variables tell; elsewhere the person and the
    /// machine. It is what the agent says of itself: nothing proves it.
    /// </summary>
    public static string Of(ICakeContext context)
    {
        var build = context.BuildSystem();
        if (build.IsRunningOnGitHubActions)
        {
            var server = context.EnvironmentVariable("GITHUB_SERVER_URL") ?? "https://github.com";
            var workflow = build.GitHubActions.Environment.Workflow;

            // Who runs a workflow again is not who began it; the runner's name for the first is the newer variable.
            return $"{context.EnvironmentVariable("GITHUB_TRIGGERING_ACTOR") ?? workflow.Actor} at {server}/{workflow.Repository}/actions/runs/{workflow.RunId}";
        }

        if (build.IsRunningOnAzurePipelines)
        {
            var pipeline = build.AzurePipelines.Environment;
            return $"{pipeline.Build.RequestedFor} at {pipeline.TeamProject.CollectionUri}{Uri.EscapeDataString(pipeline.TeamProject.Name ?? "")}"
                + $"/_build/results?buildId={pipeline.Build.Id}";
        }

        return $"{Environment.UserName} on {Environment.MachineName}";
    }
}
