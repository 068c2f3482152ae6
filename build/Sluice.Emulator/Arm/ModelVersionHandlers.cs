using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Emulator.Operations;
using Sluice.Emulator.Store;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Arm;

/// <summary>The routes of the versions of models. None of them is long-running.</summary>
internal sealed class ModelVersionHandlers(ArmScope scope, WorkspaceStore store, OperationClock clock) : IVersionHandlers
{
    /// <inheritdoc />
    public Task<ArmReply> ListVersions(ArmRequest request)
    {
        var state = store.Current;
        var versions = state.VersionsOf(ContainerKind.Model.Find(state, request.Name("asset")).Name)
            .Select(version => Shown(state, version))
            .Where(version => ArchiveFilter.Matches(version.IsArchived, request))
            .Where(version => request.Query("stage") is not { Length: > 0 } stage || stage.Equals(version.Stage, StringComparison.OrdinalIgnoreCase))
            .Where(version => request.Query("version") is not { Length: > 0 } wanted || wanted == version.Version)
            .Where(version => request.Query("description") is not { Length: > 0 } text || Member(version, "description").ToString() == text)
            .Where(version => TagFilter.Matches(Member(version, "tags"), request.Query("tags")))
            .Where(version => TagFilter.Matches(Member(version, "properties"), request.Query("properties")));
        return Task.FromResult(Page.OfVersions(request, versions, version => version.CreatedAt, Document));
    }

    /// <inheritdoc />
    public Task<ArmReply> GetVersion(ArmRequest request)
    {
        var state = store.Current;
        var (model, version) = (request.Name("asset"), request.Name("version"));
        return Task.FromResult(ArmReply.Ok(Document(Shown(
            state, state.FindVersion(model, version) ?? throw ContainerKind.Model.Missing(model, version)))));
    }

    /// <inheritdoc />
    public async Task<ArmReply> PutVersion(ArmRequest request)
    {
        var (model, version) = (request.Name("asset"), request.Name("version"));
        var properties = (await request.ReadAsync()).TakeRequiredObject("properties");
        var uri = DatastorePath.Canonical(properties.TakeRequiredUri("modelUri"));
        var type = properties.TakeChoice("modelType", ModelTypes.Names) is { } name ? ModelTypes.Today(name) : null;
        var archived = properties.TakeFlag("isArchived");
        var stage = properties.TakeText("stage");
        properties.Drop("provisioningState");
        var content = AssetReader.Model.ReadVersion(properties);
        return store.Update(state =>
        {
            var existing = state.FindVersion(model, version);
            if (existing is null)
            {
                NameRules.CheckAsset("model", model);
                NameRules.CheckVersion(version);
            }
            else if (!existing.ModelUri.Equals(uri, StringComparison.Ordinal))
            {
                throw Refuse.AssetMoved();
            }

            state = ContainerKind.Model.WithContainer(state, model, ArmJson.Empty, clock.Now);
            var registered = new ModelVersion(
                ContainerKind.Model.Find(state, model).Name,
                existing?.Version ?? version,
                type ?? existing?.ModelType ?? ModelTypes.Custom,
                uri,
                ContainerKind.Model.MarkAfter(state, model, existing?.IsArchived ?? false, archived),
                stage ?? existing?.Stage,
                content,
                existing?.CreatedAt ?? clock.Now,
                clock.Now);
            state = state with { ModelVersions = state.ModelVersions.SetItem(registered.Key, registered) };
            var document = Document(Shown(state, registered));
            return (state, AssetDocument.Answer(request, document, isNew: existing is null));
        });
    }

    /// <inheritdoc />
    public Task<ArmReply> DeleteVersion(ArmRequest request) => Task.FromResult(store.Update(state =>
        state.FindVersion(request.Name("asset"), request.Name("version")) is { } version
            ? (state with { ModelVersions = state.ModelVersions.Remove(version.Key) }, ArmReply.Done)
            : (state, ArmReply.NoContent)));

    private static JsonElement Member(ModelVersion version, string name) =>
        version.Properties.TryGetProperty(name, out var value) ? value : ArmJson.Empty;

    private static ModelVersion Shown(WorkspaceState state, ModelVersion version) =>
        version with { IsArchived = ContainerKind.Model.IsArchived(state, version.Model, version.IsArchived) };

    private JsonObject Document(ModelVersion version)
    {
        var sent = ArmJson.Object(version.Properties);
        var properties = AssetDocument.Properties(sent, version.IsArchived);
        properties["isAnonymous"] = sent["isAnonymous"]?.DeepClone() ?? false;
        properties["autoDeleteSetting"] = sent["autoDeleteSetting"]?.DeepClone();
        properties["flavors"] = sent["flavors"]?.DeepClone() ?? new JsonObject();
        properties["modelType"] = version.ModelType;
        properties["modelUri"] = version.ModelUri;
        properties["jobName"] = sent["jobName"]?.DeepClone();
        properties["provisioningState"] = "Succeeded";
        properties["stage"] = version.Stage;
        properties["intellectualProperty"] = sent["intellectualProperty"]?.DeepClone();
        AssetDocument.Append(properties, sent);
        return new JsonObject
        {
            ["id"] = $"{scope.WorkspacePath}/models/{version.Model}/versions/{version.Version}",
            ["name"] = version.Version,
            ["type"] = $"{ArmScope.Provider}/workspaces/models/versions",
            ["properties"] = properties,
            ["systemData"] = SystemData.Asset(version.CreatedAt, version.ModifiedAt),
        };
    }
}
