using System.Collections.Immutable;
using System.Text.Json;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Store;

/// <summary>
/// Keeps the workspace: readers take <see cref="Current"/> without a lock; changes come one after the other, are written to the
/// database first and become visible in one step.
/// </summary>
internal sealed class WorkspaceStore
{
    private readonly DocumentTable<Endpoint> _endpoints = new("endpoint", StateJson.Default.Endpoint);
    private readonly DocumentTable<Deployment> _deployments = new("deployment", StateJson.Default.Deployment);
    private readonly DocumentTable<AssetContainer> _models = new("model", StateJson.Default.AssetContainer);
    private readonly DocumentTable<ModelVersion> _versions = new("modelVersion", StateJson.Default.ModelVersion);
    private readonly DocumentTable<AssetContainer> _codeContainers = new("codeContainer", StateJson.Default.AssetContainer);
    private readonly DocumentTable<AssetVersion> _codes = new("codeVersion", StateJson.Default.AssetVersion);
    private readonly DocumentTable<AssetContainer> _environmentContainers = new("environmentContainer", StateJson.Default.AssetContainer);
    private readonly DocumentTable<AssetVersion> _environments = new("environmentVersion", StateJson.Default.AssetVersion);
    private readonly DocumentTable<AssetContainer> _dataContainers = new("dataContainer", StateJson.Default.AssetContainer);
    private readonly DocumentTable<AssetVersion> _data = new("dataVersion", StateJson.Default.AssetVersion);
    private readonly DocumentTable<Datastore> _datastores = new("datastore", StateJson.Default.Datastore);
    private readonly DocumentTable<TagSet> _tagSets = new("tagSet", StateJson.Default.TagSet);
    private readonly DocumentTable<Operations.Operation> _operations = new("operation", StateJson.Default.Operation);
    private readonly Database _database;
    private volatile WorkspaceState _current;

    /// <summary>Reads the workspace from the database.</summary>
    public WorkspaceStore(Database database)
    {
        _database = database;
        using var connection = database.Connect();
        var (codes, environments) = (_codes.Load(connection), _environments.Load(connection));
        _current = new WorkspaceState(
            _endpoints.Load(connection),
            _deployments.Load(connection),
            _models.Load(connection),
            _versions.Load(connection),
            Complete(_codeContainers.Load(connection), codes),
            codes,
            Complete(_environmentContainers.Load(connection), environments),
            environments,
            _dataContainers.Load(connection),
            _data.Load(connection),
            _datastores.Load(connection),
            _tagSets.Load(connection),
            _operations.Load(connection));
    }

    /// <summary>
    /// Told of each change, in order, right before <see cref="Current"/> shows it: whoever reads there that a deployment is up finds it up.
    /// </summary>
    public event Action<WorkspaceState>? Changing;

    /// <summary>The workspace now.</summary>
    public WorkspaceState Current => _current;

    /// <summary>Makes a change. What <paramref name="change"/> throws leaves everything as it was.</summary>
    /// <param name="change">The workspace before to the workspace after, and what the caller wants to know of it.</param>
    public T Update<T>(Func<WorkspaceState, (WorkspaceState State, T Result)> change)
    {
        using var turn = _database.TakeTurn();
        var before = _current;
        var (after, result) = change(before);
        Save(before, after);
        Changing?.Invoke(after);
        _current = after;
        return result;
    }

    // A state of before code and environments had containers of their own has their versions only.
    private static ImmutableDictionary<string, AssetContainer> Complete(
        ImmutableDictionary<string, AssetContainer> containers, ImmutableDictionary<string, AssetVersion> versions) =>
        versions.Values.OrderBy(version => version.CreatedAt).Aggregate(containers, (all, version) =>
            all.ContainsKey(version.Name) ? all : all.Add(version.Name, AssetContainer.Of(version.Name, JsonElement.Parse("{}"), version.CreatedAt)));

    private void Save(WorkspaceState before, WorkspaceState after)
    {
        using var connection = _database.Connect();
        using var transaction = connection.BeginTransaction();
        _endpoints.Save(connection, before.Endpoints, after.Endpoints);
        _deployments.Save(connection, before.Deployments, after.Deployments);
        _models.Save(connection, before.Models, after.Models);
        _versions.Save(connection, before.ModelVersions, after.ModelVersions);
        _codeContainers.Save(connection, before.CodeContainers, after.CodeContainers);
        _codes.Save(connection, before.Codes, after.Codes);
        _environmentContainers.Save(connection, before.EnvironmentContainers, after.EnvironmentContainers);
        _environments.Save(connection, before.Environments, after.Environments);
        _dataContainers.Save(connection, before.DataContainers, after.DataContainers);
        _data.Save(connection, before.Data, after.Data);
        _datastores.Save(connection, before.Datastores, after.Datastores);
        _tagSets.Save(connection, before.TagSets, after.TagSets);
        _operations.Save(connection, before.Operations, after.Operations);
        _database.Commit(transaction);
    }
}
