namespace Sluice.Output.Agents;

/// <summary>The agents whose commands Sluice speaks.</summary>
internal enum AgentKind
{
    /// <summary>A runner of GitHub Actions.</summary>
    GitHub,

    /// <summary>An agent of Azure DevOps.</summary>
    AzureDevOps,
}
