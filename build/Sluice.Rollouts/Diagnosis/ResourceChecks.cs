using System.Collections.Immutable;
using Sluice.Rollouts.Execution;
using Sluice.Rollouts.Planning.Figures;
using Sluice.Rollouts.Planning.Guidance;
using Sluice.Rollouts.Spec;
using Sluice.Rollouts.State;

namespace Sluice.Rollouts.Diagnosis;

/// <summary>Whether a rollout finds in the workspace what it needs: rights, storage, machines, a name.</summary>
/// <param name="spec">What is wanted.</param>
/// <param name="command">The command that runs a target on what was examined.</param>
/// <param name="caller">The caller; null when it is not known.</param>
public sealed class ResourceChecks(RolloutSpec spec, Func<string, string> command, CallerFact? caller)
{
    private const string BlobContributor = "Storage Blob Data Contributor";
    private const string Blobs = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs";

    /// <summary>Storage's code for a caller who was recognised and lacks a role ("Common REST API error codes").</summary>
    private const string RightOnBlobs = "AuthorizationPermissionMismatch";

    /// <summary>What uploads and the journal do with blobs.</summary>
    private static readonly ImmutableArray<string> BlobOperations = [$"{Blobs}/read", $"{Blobs}/write", $"{Blobs}/add/action"];

    private string Scope => RoleAssignment.ScopeOf(spec.Workspace);

    private DeploymentSpec[] Managed =>
        [.. new[] { spec.Blue, spec.Green }.Where(deployment => deployment.ComputeKind == ComputeKind.Managed)];

    /// <summary>Whether the caller has the rights that the rollout needs, and which it lacks.</summary>
    public CheckResult Role(Answer<Permissions> permissions)
    {
        const string Name = "role";
        ArgumentNullException.ThrowIfNull(permissions);
        return permissions.Judge(
            Name,
            fact =>
            {
                var needed = NeededOperations.Of(spec).ToArray();
                var missing = needed.Where(operation => !fact.Allow(operation.Operation)).ToArray();
                var essential = missing.Where(operation => operation.Without is null).ToArray();
                var roles = missing.Select(operation => operation.Role).Distinct();
                var fix = string.Join(" && ", roles.Select(role => RoleAssignment.Command(role, caller, Scope)));
                return essential.Length > 0
                    ? CheckResult.Fail(
                        Name,
                        $"The caller lacks {Names(essential)}; {RolesOf(essential)} on the workspace.",
                        fix)
                    : missing.Length > 0
                    ? CheckResult.Warn(
                        Name,
                        "A rollout goes through, but "
                        + string.Join("; ", missing.Select(operation => $"without {operation.Operation} {operation.Without}"))
                        + $". {Sentence(RolesOf(missing))} on the workspace.",
                        fix)
                    : CheckResult.Ok(Name, $"The caller has all {needed.Length} operations that the rollout asks of ARM.");
            },
            problem => CheckResult.Warn(
                Name,
                $"The caller's rights could not be seen. {problem.Sentence}",
                $"az role assignment list --assignee {caller?.ObjectId ?? "<object id>"} --scope {Scope} --include-inherited --include-groups"));
    }

    /// <summary>Whether the default datastore opens, and can be written as far as that can be seen.</summary>
    /// <param name="store">The datastore.</param>
    /// <param name="workspace">The workspace; null when it is not known.</param>
    public CheckResult Datastore(Answer<StoreFact> store, WorkspaceFact? workspace)
    {
        const string Name = "datastore";
        ArgumentNullException.ThrowIfNull(store);
        var fix = RoleAssignment.Command(BlobContributor, caller, workspace?.StorageAccountId ?? "<the storage account's id>");
        var show = $"az ml datastore list --workspace-name {spec.Workspace.Name} --resource-group {spec.Workspace.ResourceGroup} "
            + $"--subscription {spec.Workspace.SubscriptionId}";
        return store.Judge(
            Name,
            fact =>
            {
                var missing = fact.Rights is { } rights ? BlobOperations.Where(operation => !rights.AllowData(operation)).ToArray() : [];
                var how = fact.IsAsCaller ? "as the caller" : "with what the workspace keeps for it";
                return missing.Length > 0
                    ? CheckResult.Fail(
                        Name,
                        $"Datastore {fact.Datastore} opens {how}, who lacks {string.Join(", ", missing)} on the storage account "
                        + $"{fact.Account}; the role {BlobContributor} has them.",
                        fix)
                    : fact.Misplaced is { } misplaced
                    ? CheckResult.Fail(
                        Name,
                        $"{misplaced} in datastore {fact.Datastore} is no append blob, so no run can write its journal there.",
                        $"move {misplaced} away, to a local file for example; the next run begins a new journal and goes on by the endpoint's tags")
                    : CheckResult.Ok(
                        Name,
                        $"Datastore {fact.Datastore} in the storage account {fact.Account} opens {how}; the endpoint has "
                        + $"{(fact.HasJournal ? "a" : "no")} journal there{(fact.HasJournal ? "" : " yet")}.");
            },
            problem => CheckResult.Fail(Name, problem.Sentence, problem switch
            {
                { IsLackOfRight: true } => RoleAssignment.Command(NeededOperations.DataScientist, caller, Scope),
                { Code: RightOnBlobs } => fix,
                _ => show,
            }));
    }

    /// <summary>Whether another run holds the endpoint.</summary>
    public CheckResult Lock(Answer<StoreFact> store)
    {
        const string Name = "lock";
        ArgumentNullException.ThrowIfNull(store);
        return store.Judge(
            Name,
            fact => !fact.IsLeased
                ? CheckResult.Ok(Name, "Nobody holds the endpoint.")
                : CheckResult.Warn(
                    Name,
                    $"Another run holds the endpoint{(fact.OpenRun is { } run ? $": {RunJournal.Words(run)}" : "")}.",
                    $"{command("Status")} shows how far it is; --wait-for-lock waits for its end"),
            _ => CheckResult.Skip(Name, "The journal could not be read."));
    }

    /// <summary>Whether the region offers the sizes of the deployments.</summary>
    public CheckResult Sizes(Answer<IReadOnlyList<MachineSize>> sizes, string? location)
    {
        const string Name = "sizes";
        ArgumentNullException.ThrowIfNull(sizes);
        return Managed.Length == 0 ? OnKubernetes(Name) : sizes.Judge(
            Name,
            fact =>
            {
                var wanted = Managed.Select(deployment => deployment.InstanceType).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
                var missing = wanted.Where(size => SizeOf(fact, size) is null).ToArray();
                return missing.Length == 0
                    ? CheckResult.Ok(Name, $"{string.Join(", ", wanted)} {(wanted.Length == 1 ? "is" : "are")} offered in {location}.")
                    : CheckResult.Fail(
                        Name,
                        $"{string.Join(", ", missing)} {(missing.Length == 1 ? "is" : "are")} not offered in {location}.",
                        $"az ml compute list-sizes --location {location} --output table, then --instance-type or instance_type");
            },
            problem => Unseen(Name, "The sizes that the region offers", problem, $"az ml compute list-sizes --location {location} --output table"));
    }

    /// <summary>Whether the quota has room for what the rollout has yet to make.</summary>
    public CheckResult Quota(
        Answer<IReadOnlyList<MachineSize>> sizes, Answer<IReadOnlyList<CoreUsage>> usages, Answer<EndpointFact> endpoint, string? location)
    {
        const string Name = "quota";
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentNullException.ThrowIfNull(usages);
        ArgumentNullException.ThrowIfNull(endpoint);
        var show = $"az ml compute list-usage --location {location} --output table";
        return Managed.Length == 0 ? OnKubernetes(Name) : usages.Judge(
            Name,
            fact =>
            {
                var made = CoreNeeds.ToMake(spec, endpoint.Fact?.Endpoint)
                    .Where(deployment => deployment.ComputeKind == ComputeKind.Managed)
                    .ToArray();
                if (made.Length == 0)
                {
                    return CheckResult.Ok(Name, "Both deployments are up, so no more cores are needed.");
                }

                if (sizes.Fact is not { } offered || made.Any(deployment => SizeOf(offered, deployment.InstanceType) is null))
                {
                    return CheckResult.Skip(Name, "The cores of a size are not known.");
                }

                var needs = made
                    .Select(deployment => (Size: SizeOf(offered, deployment.InstanceType)!, deployment.InstanceCount))
                    .Select(need => (need.Size, Cores: CoreNeeds.Of(need.InstanceCount, need.Size)))
                    .ToArray();
                var counters = fact
                    .Select(usage => (Usage: usage, Needed: needs.Where(need => usage.Counts(need.Size)).Sum(need => need.Cores)))
                    .Where(counter => counter.Needed > 0)
                    .ToArray();
                var who = made.Select(deployment => $"{deployment.Name} ({deployment.InstanceCount} × {deployment.InstanceType})");
                var what = $"{string.Join(" and ", who)} need{(made.Length == 1 ? "s" : "")} {needs.Sum(need => need.Cores)} cores"
                    + (needs.Any(need => InstanceFigures.IsReserved(need.Size.Name))
                        ? ", with the fifth more instances that Azure reserves for upgrades"
                        : "");
                var full = counters
                    .Where(counter => counter.Usage.Limit >= 0 && counter.Usage.Used + counter.Needed > counter.Usage.Limit)
                    .ToArray();
                return counters.Length == 0
                    ? CheckResult.Warn(Name, $"{what}; none of the region's counters counts them, so whether they are free is not known.", show)
                    : full.Length == 0
                    ? CheckResult.Ok(Name, $"{what}; {string.Join(", ", counters.Select(counter => Words(counter.Usage)))}.")
                    : CheckResult.Fail(
                        Name,
                        $"{what}; {string.Join(", ", full.Select(counter => Words(counter.Usage)))}.",
                        $"{show}; ask for more at https://ml.azure.com/quota, or take fewer with --instance-type and --instance-count");
            },
            problem => Unseen(Name, "The region's quota", problem, show));
    }

    /// <summary>Whether the endpoint is there, or its name can be had.</summary>
    public CheckResult Endpoint(Answer<EndpointFact> endpoint, string? location)
    {
        const string Name = "endpoint";
        ArgumentNullException.ThrowIfNull(endpoint);
        var name = spec.Endpoint.Name;
        return endpoint.Judge(
            Name,
            fact => fact.Endpoint is not { } there
                ? CheckResult.Ok(
                    Name,
                    $"Endpoint {name} does not exist yet and will be created; its name keeps the rules, and must be the only one of its kind in "
                    + $"{location}.")
                : there.FailedToBeCreated
                ? CheckResult.Fail(
                    Name,
                    $"Endpoint {name} is {there.State}: it was not created successfully and can only be deleted.",
                    command(Commands.DeleteEndpoint))
                : there.State is ProvisioningState.Failed or ProvisioningState.Canceled
                ? CheckResult.Warn(Name, $"Endpoint {name} is {there.State}.", command("Status"))
                : there.AuthMode != spec.Endpoint.AuthMode
                ? CheckResult.Warn(
                    Name,
                    $"Endpoint {name} exists and will be used; callers authenticate by {there.AuthMode}, and not by {spec.Endpoint.AuthMode} as "
                    + "configured.",
                    command("Status"))
                : CheckResult.Ok(Name, $"Endpoint {name} exists ({there.State}) and will be used."),
            problem => CheckResult.Fail(Name, problem.Sentence, RoleAssignment.Command(NeededOperations.DataScientist, caller, Scope)));
    }

    /// <summary>Whether probes reach the endpoint from here.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="reached">The server of its scoring URI.</param>
    public CheckResult Scoring(Answer<EndpointFact> endpoint, Answer<ReachFact> reached)
    {
        const string Name = "scoring";
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(reached);
        var isPublic = endpoint.Fact is { Endpoint: not null } there ? there.IsPublic : spec.Endpoint.PublicNetworkAccess;
        const string Private = "does not answer on the public network, so the probes must be sent from a network with a private end point to the "
            + "workspace";
        return reached.Judge(
            Name,
            fact => isPublic
                ? CheckResult.Ok(Name, $"{fact.Address.GetLeftPart(UriPartial.Authority)} answers.")
                : CheckResult.Warn(
                    Name, $"{fact.Address.GetLeftPart(UriPartial.Authority)} answers here; the endpoint {Private}.", command("Invoke")),
            problem => CheckResult.Fail(
                Name,
                problem.Sentence + (isPublic ? "" : $" The endpoint {Private}."),
                $"curl -v {endpoint.Fact?.Endpoint?.ScoringUri?.GetLeftPart(UriPartial.Authority)}"));
    }

    private static CheckResult OnKubernetes(string name) =>
        CheckResult.Skip(name, "The deployments run on Kubernetes, where the cluster says what there is.");

    /// <summary>What the rollout itself never asks may stay unseen.</summary>
    private static CheckResult Unseen(string name, string what, Problem problem, string fix) =>
        CheckResult.Warn(name, $"{what} could not be seen, which a rollout does not need. {problem.Sentence}", fix);

    private static MachineSize? SizeOf(IReadOnlyList<MachineSize> sizes, string name) =>
        sizes.FirstOrDefault(size => size.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static string Words(CoreUsage usage) => usage.Limit < 0
        ? $"{usage.Name} has no limit"
        : $"of {usage.Name} {Math.Max(0, usage.Limit - usage.Used)} of {usage.Limit} are free";

    private static string Names(IEnumerable<NeededOperation> operations) => string.Join(", ", operations.Select(operation => operation.Operation));

    private static string RolesOf(IEnumerable<NeededOperation> operations) => string.Join(
        " and ",
        operations.GroupBy(operation => operation.Role).Select(group => $"the role {group.Key} has {(group.Count() == 1 ? "it" : "them")}"));

    private static string Sentence(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
