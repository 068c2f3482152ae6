using Sluice.Rollouts.Spec;

namespace Sluice.Rollouts.Diagnosis;

/// <summary>The command that gives the caller a role.</summary>
internal static class RoleAssignment
{
    /// <summary>The command.</summary>
    /// <param name="role">The role.</param>
    /// <param name="caller">The caller; null when it is not known.</param>
    /// <param name="scope">The ARM id of the resource.</param>
    public static string Command(string role, CallerFact? caller, string scope) =>
        $"az role assignment create --assignee {caller?.ObjectId ?? caller?.Name ?? caller?.ApplicationId ?? "<object id>"} --role \"{role}\" "
        + $"--scope {scope}";

    /// <summary>The ARM id of the workspace.</summary>
    public static string ScopeOf(WorkspaceSpec workspace) =>
        $"/subscriptions/{workspace.SubscriptionId}/resourceGroups/{workspace.ResourceGroup}/providers/Microsoft.MachineLearningServices/workspaces/"
        + workspace.Name;
}
