using Sluice.AzureML.Connection;
using Sluice.AzureML.Waiting;
using Sluice.Rollouts.Spec;

namespace Sluice.AzureML.Assets;

/// <summary>Finds the assets that a deployment's file names in the workspace, and makes those that it describes itself.</summary>
/// <param name="connection">The way to the workspace.</param>
/// <param name="mayWrite">Is asked before each try to register something; throws when nothing may be written.</param>
internal sealed class AssetRegistry(AzureConnection connection, Func<CancellationToken, Task> mayWrite)
{
    /// <summary>The assets of a deployment. What is there already is used as it is, so that a second call changes nothing.</summary>
    public async Task<DeploymentAssets> ResolveAsync(LongCall call, DeploymentSpec spec, CancellationToken cancellationToken)
    {
        var code = spec.Code is { } scoring
            ? await new CodeVersions(connection, mayWrite).ResolveAsync(call, scoring.Source, cancellationToken)
            : null;
        var environment = spec.Environment is { } source
            ? await new EnvironmentVersions(connection, mayWrite).ResolveAsync(call, source, cancellationToken)
            : null;
        return code is null && environment is null ? DeploymentAssets.None : new DeploymentAssets(code, environment);
    }
}
