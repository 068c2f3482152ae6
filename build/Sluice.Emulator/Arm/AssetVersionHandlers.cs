using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Emulator.Operations;
using Sluice.Emulator.Store;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Arm;

/// <summary>The routes of the versions of code, of environments or of data. None of them is long-running.</summary>
internal sealed class AssetVersionHandlers(AssetKind kind, AssetReader reader, ArmScope scope, WorkspaceStore store, OperationClock clock)
    : IVersionHandlers
{
    private static readonly JsonElement Nothing = JsonElement.Parse("null");

    /// <summary>
    /// Lists the versions of an asset, the one that was created last first. With <c>hash</c>, those of all assets that have it, as the
    /// official client expects: it asks below a name that it has just made up.
    /// </summary>
    public Task<ArmReply> ListVersions(ArmRequest request)
    {
        var state = store.Current;
        var versions = request.Query("hash") is { Length: > 0 } hash
            ? kind.Of(state).Values.Where(version => HasHash(version, hash))
            : kind.VersionsOf(state, kind.Container.Find(state, request.Name("asset")).Name);
        var listed = versions.Select(version => Shown(state, version))
            .Where(version => ArchiveFilter.Matches(version.IsArchived, request))
            .Where(version => TagFilter.Matches(version.Member("tags") ?? ArmJson.Empty, request.Query("$tags")));
        return Task.FromResult(Page.OfVersions(request, listed, version => version.CreatedAt, Document));
    }

    /// <inheritdoc />
    public Task<ArmReply> GetVersion(ArmRequest request)
    {
        var state = store.Current;
        var (name, version) = (request.Name("asset"), request.Name("version"));
        return Task.FromResult(ArmReply.Ok(Document(Shown(
            state, kind.Of(state).GetValueOrDefault(AssetVersion.KeyOf(name, version)) ?? throw kind.Container.Missing(name, version)))));
    }

    /// <inheritdoc />
    public async Task<ArmReply> PutVersion(ArmRequest request)
    {
        var (name, version) = (request.Name("asset"), request.Name("version"));
        var properties = (await request.ReadAsync()).TakeRequiredObject("properties");
        var archived = properties.TakeFlag("isArchived");
        properties.Drop("provisioningState");
        var content = reader.ReadVersion(properties);
        if (!kind.Needed.Any(member => content.TryGetProperty(member, out var value) && value.ValueKind != JsonValueKind.Null))
        {
            throw Refuse.InvalidAsset($"The {kind.Noun} '{name}' has no {string.Join(" and no ", kind.Needed)}.");
        }

        return store.Update(state =>
        {
            var existing = kind.Of(state).GetValueOrDefault(AssetVersion.KeyOf(name, version));
            if (existing is null)
            {
                NameRules.CheckAsset(kind.Noun, name);
                NameRules.CheckVersion(version);
            }
            else if (kind.Fixed.Any(member => !JsonElement.DeepEquals(Value(existing.Properties, member), Value(content, member))))
            {
                throw kind.Changed(existing.Name, existing.Version);
            }

            state = kind.Container.WithContainer(state, name, Inherited(content), clock.Now);
            var registered = new AssetVersion(
                kind.Container.Find(state, name).Name,
                existing?.Version ?? version,
                kind.Container.MarkAfter(state, name, existing?.IsArchived ?? false, archived),
                content,
                existing?.CreatedAt ?? clock.Now,
                clock.Now);
            return (
                kind.With(state, kind.Of(state).SetItem(registered.Key, registered)),
                AssetDocument.Answer(request, Document(Shown(state, registered)), isNew: existing is null));
        });
    }

    /// <inheritdoc />
    public Task<ArmReply> DeleteVersion(ArmRequest request) => Task.FromResult(store.Update(state =>
    {
        var key = AssetVersion.KeyOf(request.Name("asset"), request.Name("version"));
        return kind.Of(state).ContainsKey(key)
            ? (kind.With(state, kind.Of(state).Remove(key)), ArmReply.Done)
            : (state, ArmReply.NoContent);
    }));

    private static bool HasHash(AssetVersion version, string hash) =>
        version.Member("properties") is { ValueKind: JsonValueKind.Object } custom
        && custom.TryGetProperty("hash_sha256", out var found)
        && found.ValueEquals(hash);

    private static JsonElement Value(JsonElement from, string member) => from.TryGetProperty(member, out var value) ? value : Nothing;

    private JsonElement Inherited(JsonElement content)
    {
        var members = ArmJson.Object(content);
        AddDefaults(members);
        return ArmJson.Keep(
        [
            .. members.Where(member => kind.Inherited.Contains(member.Key)).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())),
        ]);
    }

    private void AddDefaults(JsonObject properties)
    {
        foreach (var (name, value) in kind.Defaults)
        {
            properties[name] ??= value;
        }
    }

    private AssetVersion Shown(WorkspaceState state, AssetVersion version) =>
        version with { IsArchived = kind.Container.IsArchived(state, version.Name, version.IsArchived) };

    private JsonObject Document(AssetVersion version)
    {
        var sent = ArmJson.Object(version.Properties);
        var properties = AssetDocument.Properties(sent, version.IsArchived);
        properties["isAnonymous"] = sent["isAnonymous"]?.DeepClone() ?? false;
        AssetDocument.Append(properties, sent);
        AddDefaults(properties);
        properties["provisioningState"] = "Succeeded";
        return new JsonObject
        {
            ["id"] = $"{scope.WorkspacePath}/{kind.Collection}/{version.Name}/versions/{version.Version}",
            ["name"] = version.Version,
            ["type"] = $"{ArmScope.Provider}/workspaces/{kind.Collection}/versions",
            ["properties"] = properties,
            ["systemData"] = SystemData.Asset(version.CreatedAt, version.ModifiedAt),
        };
    }
}
