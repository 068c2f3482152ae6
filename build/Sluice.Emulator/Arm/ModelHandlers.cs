using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Emulator.Operations;
using Sluice.Emulator.Store;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Arm;

/// <summary>The routes of models and their versions. None of them is long-running.</summary>
internal sealed class ModelHandlers(ArmScope scope, WorkspaceStore store, OperationClock clock)
{
    /// <summary>Lists models.</summary>
    public Task<ArmReply> List(ArmRequest request)
    {
        var state = store.Current;
        var models = state.Models.Values
            .Where(model => ArchiveFilter.Matches(model.IsArchived, request))
            .OrderByDescending(model => model.CreatedAt);
        return Task.FromResult(Page.Of(request, models, model => Document(state, model)));
    }

    /// <summary>Reads a model.</summary>
    public Task<ArmReply> Get(ArmRequest request)
    {
        var state = store.Current;
        return Task.FromResult(ArmReply.Ok(Document(state, Find(state, request.Name("model")))));
    }

    /// <summary>Creates or changes a model.</summary>
    public async Task<ArmReply> Put(ArmRequest request)
    {
        var name = request.Name("model");
        var properties = (await request.ReadAsync()).TakeRequiredObject("properties");
        var archived = properties.TakeFlag("isArchived");
        DropReadOnly(properties);
        var content = properties.Rest();
        return store.Update(state =>
        {
            var existing = state.Models.GetValueOrDefault(name);
            if (existing is null)
            {
                NameRules.CheckAsset("model", name);
            }

            var model = new RegisteredModel(
                existing?.Name ?? name, archived ?? existing?.IsArchived ?? false, content, existing?.CreatedAt ?? clock.Now, clock.Now);
            state = state with { Models = state.Models.SetItem(name, model) };
            var document = Document(state, model);
            return (state, existing is null ? ArmReply.Created(document) : ArmReply.Ok(document));
        });
    }

    /// <summary>Deletes a model with its versions.</summary>
    public Task<ArmReply> Delete(ArmRequest request) => Task.FromResult(store.Update(state =>
    {
        var name = request.Name("model");
        return state.Models.ContainsKey(name)
            ? (state with
            {
                Models = state.Models.Remove(name),
                ModelVersions = state.ModelVersions.RemoveRange(state.VersionsOf(name).Select(version => version.Key)),
            }, ArmReply.Done)
            : (state, ArmReply.NoContent);
    }));

    /// <summary>Lists the versions of a model, the one that was created last first.</summary>
    public Task<ArmReply> ListVersions(ArmRequest request)
    {
        var state = store.Current;
        var versions = state.VersionsOf(Find(state, request.Name("model")).Name)
            .Where(version => ArchiveFilter.Matches(version.IsArchived, request))
            .Where(version => request.Query("stage") is not { Length: > 0 } stage || stage.Equals(version.Stage, StringComparison.OrdinalIgnoreCase))
            .Where(version => request.Query("version") is not { Length: > 0 } wanted || wanted == version.Version)
            .Where(version => TagFilter.Matches(Member(version, "tags"), request.Query("tags")))
            .Where(version => TagFilter.Matches(Member(version, "properties"), request.Query("properties")));
        var ordered = request.Query("$orderBy")?.EndsWith(" asc", StringComparison.OrdinalIgnoreCase) == true
            ? versions.OrderBy(version => version.CreatedAt)
            : versions.OrderByDescending(version => version.CreatedAt);
        return Task.FromResult(Page.Of(request, ordered, Document));
    }

    /// <summary>Reads a version.</summary>
    public Task<ArmReply> GetVersion(ArmRequest request)
    {
        var state = store.Current;
        var (model, version) = (request.Name("model"), request.Name("version"));
        return Task.FromResult(ArmReply.Ok(Document(state.FindVersion(model, version) ?? throw Refuse.AssetNotFound(
            "ModelNotFound", $"Model container with name: {model} and version: {version} not found."))));
    }

    /// <summary>Registers a version, or changes what may change of one.</summary>
    public async Task<ArmReply> PutVersion(ArmRequest request)
    {
        var (model, version) = (request.Name("model"), request.Name("version"));
        var properties = (await request.ReadAsync()).TakeRequiredObject("properties");
        var uri = DatastorePath.Canonical(properties.TakeRequiredText("modelUri"));
        var type = properties.TakeChoice("modelType", ModelTypes.Custom, ModelTypes.Mlflow, ModelTypes.Triton);
        var archived = properties.TakeFlag("isArchived");
        var stage = properties.TakeText("stage");
        DropReadOnly(properties);
        var content = properties.Rest();
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

            var registered = new ModelVersion(
                state.Models.GetValueOrDefault(model)?.Name ?? model,
                existing?.Version ?? version,
                type ?? existing?.ModelType ?? ModelTypes.Custom,
                uri,
                archived ?? existing?.IsArchived ?? false,
                stage ?? existing?.Stage,
                content,
                existing?.CreatedAt ?? clock.Now,
                clock.Now);
            state = state with { ModelVersions = state.ModelVersions.SetItem(registered.Key, registered) };
            if (!state.Models.ContainsKey(model))
            {
                state = state with
                {
                    Models = state.Models.SetItem(model, new RegisteredModel(model, false, ArmJson.Empty, clock.Now, clock.Now)),
                };
            }

            var document = Document(registered);
            return (state, AssetDocument.Answer(request, document, isNew: existing is null));
        });
    }

    /// <summary>Deletes a version.</summary>
    public Task<ArmReply> DeleteVersion(ArmRequest request) => Task.FromResult(store.Update(state =>
        state.FindVersion(request.Name("model"), request.Name("version")) is { } version
            ? (state with { ModelVersions = state.ModelVersions.Remove(version.Key) }, ArmReply.Done)
            : (state, ArmReply.NoContent)));

    private static RegisteredModel Find(WorkspaceState state, string name) =>
        state.Models.GetValueOrDefault(name)
        ?? throw Refuse.AssetNotFound("ModelNotFound", $"Model container with name: {name} not found.");

    private static void DropReadOnly(JsonInput properties)
    {
        foreach (var readOnly in new[] { "provisioningState", "latestVersion", "nextVersion" })
        {
            properties.Drop(readOnly);
        }
    }

    private static JsonElement Member(ModelVersion version, string name) =>
        version.Properties.TryGetProperty(name, out var value) ? value : ArmJson.Empty;

    private JsonObject Document(WorkspaceState state, RegisteredModel model)
    {
        var sent = ArmJson.Object(model.Properties);
        var versions = state.VersionsOf(model.Name);
        var properties = AssetDocument.Properties(sent, model.IsArchived);
        properties["latestVersion"] = versions.MaxBy(version => version.CreatedAt)?.Version;
        properties["nextVersion"] = AssetDocument.NextVersion(versions.Select(version => version.Version));
        properties["provisioningState"] = "Succeeded";
        AssetDocument.Append(properties, sent);
        return new JsonObject
        {
            ["id"] = $"{scope.WorkspacePath}/models/{model.Name}",
            ["name"] = model.Name,
            ["type"] = $"{ArmScope.Provider}/workspaces/models",
            ["properties"] = properties,
            ["systemData"] = SystemData.Asset(model.CreatedAt, model.ModifiedAt),
        };
    }

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
