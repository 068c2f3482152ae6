using System.Text.Json.Nodes;
using Sluice.Emulator.Operations;
using Sluice.Emulator.Store;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Arm;

/// <summary>The routes of the containers that versions of models, code, environments or data are registered in. None of them is long-running.</summary>
internal sealed class ContainerHandlers(ContainerKind kind, AssetReader reader, ArmScope scope, WorkspaceStore store, OperationClock clock)
{
    /// <summary>The collection's name in paths.</summary>
    public string Collection => kind.Collection;

    /// <summary>Lists the containers.</summary>
    public Task<ArmReply> List(ArmRequest request)
    {
        var state = store.Current;
        var containers = kind.Of(state).Values
            .Where(container => ArchiveFilter.Matches(container.IsArchived, request))
            .OrderByDescending(container => container.CreatedAt);
        return Task.FromResult(Page.Of(request, containers, container => Document(state, container)));
    }

    /// <summary>Reads a container.</summary>
    public Task<ArmReply> Get(ArmRequest request)
    {
        var state = store.Current;
        return Task.FromResult(ArmReply.Ok(Document(state, kind.Find(state, request.Name("asset")))));
    }

    /// <summary>Creates or changes a container.</summary>
    public async Task<ArmReply> Put(ArmRequest request)
    {
        var name = request.Name("asset");
        var properties = (await request.ReadAsync()).TakeRequiredObject("properties");
        var archived = properties.TakeFlag("isArchived");
        foreach (var readOnly in new[] { "provisioningState", "latestVersion", "nextVersion" })
        {
            properties.Drop(readOnly);
        }

        var content = reader.ReadContainer(properties);
        return store.Update(state =>
        {
            var existing = kind.Of(state).GetValueOrDefault(name);
            if (existing is null)
            {
                NameRules.CheckAsset(kind.Noun, name);
            }

            var container = new AssetContainer(
                existing?.Name ?? name, archived ?? existing?.IsArchived ?? false, content, existing?.CreatedAt ?? clock.Now, clock.Now);
            state = kind.With(state, kind.Of(state).SetItem(name, container));
            var document = Document(state, container);
            return (state, existing is null ? ArmReply.Created(document) : ArmReply.Ok(document));
        });
    }

    /// <summary>Deletes a container with its versions.</summary>
    public Task<ArmReply> Delete(ArmRequest request) => Task.FromResult(store.Update(state =>
    {
        var name = request.Name("asset");
        return kind.Of(state).ContainsKey(name)
            ? (kind.WithoutVersionsOf(kind.With(state, kind.Of(state).Remove(name)), name), ArmReply.Done)
            : (state, ArmReply.NoContent);
    }));

    private JsonObject Document(WorkspaceState state, AssetContainer container)
    {
        var sent = ArmJson.Object(container.Properties);
        var versions = kind.VersionsOf(state, container.Name);
        var properties = AssetDocument.Properties(sent, container.IsArchived);
        properties["latestVersion"] = versions.Count == 0 ? null : versions.MaxBy(version => version.CreatedAt).Version;
        properties["nextVersion"] = AssetDocument.NextVersion(versions.Select(version => version.Version));
        properties["provisioningState"] = "Succeeded";
        AssetDocument.Append(properties, sent);
        return new JsonObject
        {
            ["id"] = $"{scope.WorkspacePath}/{kind.Collection}/{container.Name}",
            ["name"] = container.Name,
            ["type"] = $"{ArmScope.Provider}/workspaces/{kind.Collection}",
            ["properties"] = properties,
            ["systemData"] = SystemData.Asset(container.CreatedAt, container.ModifiedAt),
        };
    }
}
