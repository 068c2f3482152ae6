using Sluice.Rollouts.Diagnosis;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Tests.Diagnosis;

/// <summary>A subscription in which all is well, unless a test says otherwise.</summary>
internal sealed class FakeFacts : IServiceFacts
{
    public const string Tenant = "99999999-9999-9999-9999-999999999999";

    public static readonly CallerFact Ann = new(Tenant, "ann-id", "app-id", "ann@example.org");

    public Func<ReachFact> Reach { get; set; } = () => new(new Uri("https://management.azure.com/"), TimeSpan.Zero, Tenant);

    public Func<CallerFact> Caller { get; set; } = () => Ann;

    public Func<SubscriptionFact> Subscription { get; set; } = () => new("Team", "Enabled", Tenant);

    public Func<WorkspaceFact> Workspace { get; set; } = () => new("westeurope", "Succeeded", IsPublic: true, "/x/storageAccounts/account");

    public Func<Permissions> Permissions { get; set; } = () => new([new(["*"], [], [], [])]);

    public Func<StoreFact> Store { get; set; } = () => new("workspaceblobstore", "account", false, false, false, null, null);

    public Func<IReadOnlyList<MachineSize>> Sizes { get; set; } = () => [new("STANDARD_DS3_V2", "standardDSv2Family", 4)];

    public Func<IReadOnlyList<CoreUsage>> Usages { get; set; } = () => [new("Total Cluster Dedicated Regional vCPUs", 0, 16)];

    public Func<EndpointFact> Endpoint { get; set; } = () => new(Serving(), IsPublic: true);

    public Func<ReachFact> Scoring { get; set; } = () => new(new Uri("https://heart.westeurope.inference.ml.azure.com/"), null, null);

    public static EndpointState Serving() => new()
    {
        Name = "heart-classifier",
        State = ProvisioningState.Succeeded,
        AuthMode = AuthMode.Key,
        ScoringUri = new("https://heart.westeurope.inference.ml.azure.com/score"),
        Traffic = Traffic.AllTo("default"),
    };

    public Task<ReachFact> ReachAsync(CancellationToken cancellationToken) => Task.Run(Reach);

    public Task<CallerFact> SignInAsync(CancellationToken cancellationToken) => Task.Run(Caller);

    public Task<SubscriptionFact> ReadSubscriptionAsync(CancellationToken cancellationToken) => Task.Run(Subscription);

    public Task<WorkspaceFact> ReadWorkspaceAsync(CancellationToken cancellationToken) => Task.Run(Workspace);

    public Task<Permissions> ReadPermissionsAsync(CancellationToken cancellationToken) => Task.Run(Permissions);

    public Task<StoreFact> ReadStoreAsync(string endpoint, WorkspaceFact workspace, CancellationToken cancellationToken) => Task.Run(Store);

    public Task<IReadOnlyList<MachineSize>> ListSizesAsync(string location, CancellationToken cancellationToken) => Task.Run(Sizes);

    public Task<IReadOnlyList<CoreUsage>> ListUsagesAsync(string location, CancellationToken cancellationToken) => Task.Run(Usages);

    public Task<EndpointFact> ReadEndpointAsync(string endpoint, CancellationToken cancellationToken) => Task.Run(Endpoint);

    public Task<ReachFact> ReachScoringAsync(Uri scoringUri, CancellationToken cancellationToken) => Task.Run(Scoring);
}
