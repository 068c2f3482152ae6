namespace Sluice.Rollouts.Diagnosis;

/// <summary>
/// The questions that a diagnosis asks of Azure. None of them changes anything. One that fails throws a <see cref="RolloutException"/> whose
/// text names no secret.
/// </summary>
public interface IServiceFacts
{
    /// <summary>Asks ARM without a token, whatever it answers.</summary>
    Task<ReachFact> ReachAsync(CancellationToken cancellationToken);

    /// <summary>Gets a token for ARM, and says whom it is for.</summary>
    Task<CallerFact> SignInAsync(CancellationToken cancellationToken);

    /// <summary>Reads the subscription.</summary>
    Task<SubscriptionFact> ReadSubscriptionAsync(CancellationToken cancellationToken);

    /// <summary>Reads the workspace.</summary>
    Task<WorkspaceFact> ReadWorkspaceAsync(CancellationToken cancellationToken);

    /// <summary>Reads what the caller may do with the workspace.</summary>
    Task<Permissions> ReadPermissionsAsync(CancellationToken cancellationToken);

    /// <summary>Opens the default datastore, and looks for the endpoint's journal.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="workspace">The workspace.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<StoreFact> ReadStoreAsync(string endpoint, WorkspaceFact workspace, CancellationToken cancellationToken);

    /// <summary>Lists the virtual machine sizes of a region.</summary>
    Task<IReadOnlyList<MachineSize>> ListSizesAsync(string location, CancellationToken cancellationToken);

    /// <summary>Lists what is taken of a region's quota.</summary>
    Task<IReadOnlyList<CoreUsage>> ListUsagesAsync(string location, CancellationToken cancellationToken);

    /// <summary>Reads the endpoint and its deployments.</summary>
    Task<EndpointFact> ReadEndpointAsync(string endpoint, CancellationToken cancellationToken);

    /// <summary>
    /// Asks the server of a scoring URI, at its root and without a key, whatever it answers: it counts as no request of the endpoint.
    /// </summary>
    Task<ReachFact> ReachScoringAsync(Uri scoringUri, CancellationToken cancellationToken);
}
