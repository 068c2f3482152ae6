using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Emulator.Operations;
using Sluice.Emulator.Store;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Arm;

/// <summary>The routes of code or of environments, and of their versions. None of them is long-running.</summary>
internal sealed class AssetHandlers(AssetKind kind, ArmScope scope, WorkspaceStore store, OperationClock clock)
{
    /// <summary>Lists the assets of the kind.</summary>
    public Task<ArmReply> List(ArmRequest request)
    {
        var assets = kind.Of(store.Current).Values
            .Where(version => ArchiveFilter.Matches(version.IsArchived, request))
            .GroupBy(version => version.Name, StringComparer.OrdinalIgnoreCase)
            .OrderByDescending(versions => versions.Min(version => version.CreatedAt));
        return Task.FromResult(Page.Of(request, assets, versions => Container([.. versions])));
    }

    /// <summary>Reads an asset.</summary>
    public Task<ArmReply> Get(ArmRequest request) =>
        Task.FromResult(ArmReply.Ok(Container(VersionsOf(store.Current, request.Name("asset")) is [_, ..] versions
            ? versions
            : throw Missing(request.Name("asset")))));

    /// <summary>Deletes an asset with its versions.</summary>
    public Task<ArmReply> Delete(ArmRequest request) => Task.FromResult(store.Update(state =>
    {
        var versions = VersionsOf(state, request.Name("asset"));
        return versions.Count > 0
            ? (kind.With(state, kind.Of(state).RemoveRange(versions.Select(version => version.Key))), ArmReply.Done)
            : (state, ArmReply.NoContent);
    }));

    /// <summary>
    /// Lists the versions of an asset, the one that was created last first. With <c>hash</c>, those of all assets that have it, as the
    /// official client expects: it asks below a name that it has just made up.
    /// </summary>
    public Task<ArmReply> ListVersions(ArmRequest request)
    {
        var state = store.Current;
        var versions = request.Query("hash") is { Length: > 0 } hash
            ? kind.Of(state).Values.Where(version => HasHash(version, hash))
            : VersionsOf(state, request.Name("asset")) is [_, ..] all ? all : throw Missing(request.Name("asset"));
        var listed = versions.Where(version => ArchiveFilter.Matches(version.IsArchived, request));
        var ordered = request.Query("$orderBy")?.EndsWith(" asc", StringComparison.OrdinalIgnoreCase) == true
            ? listed.OrderBy(version => version.CreatedAt)
            : listed.OrderByDescending(version => version.CreatedAt);
        return Task.FromResult(Page.Of(request, ordered, Document));
    }

    /// <summary>Reads a version.</summary>
    public Task<ArmReply> GetVersion(ArmRequest request)
    {
        var (name, version) = (request.Name("asset"), request.Name("version"));
        return Task.FromResult(ArmReply.Ok(Document(
            kind.Of(store.Current).GetValueOrDefault(AssetVersion.KeyOf(name, version)) ?? throw Missing(name, version))));
    }

    /// <summary>Registers a version, or changes what may change of one.</summary>
    public async Task<ArmReply> PutVersion(ArmRequest request)
    {
        var (name, version) = (request.Name("asset"), request.Name("version"));
        var properties = (await request.ReadAsync()).TakeRequiredObject("properties");
        var archived = properties.TakeFlag("isArchived");
        properties.Drop("provisioningState");
        var content = properties.Rest();
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
            else if (kind.Fixed.Any(member => Text(existing.Properties, member) != Text(content, member)))
            {
                throw kind.Changed(existing.Name, existing.Version);
            }

            var registered = new AssetVersion(
                existing?.Name ?? name,
                existing?.Version ?? version,
                archived ?? existing?.IsArchived ?? false,
                content,
                existing?.CreatedAt ?? clock.Now,
                clock.Now);
            var document = Document(registered);
            return (
                kind.With(state, kind.Of(state).SetItem(registered.Key, registered)),
                AssetDocument.Answer(request, document, isNew: existing is null));
        });
    }

    /// <summary>Deletes a version.</summary>
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

    private static string? Text(JsonElement from, string member) =>
        from.TryGetProperty(member, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetRawText() : null;

    private IReadOnlyList<AssetVersion> VersionsOf(WorkspaceState state, string name) =>
        [.. kind.Of(state).Values.Where(version => version.Name.Equals(name, StringComparison.OrdinalIgnoreCase))];

    private RefusedException Missing(string name, string? version = null) => Refuse.AssetNotFound(
        "NotFound",
        version is null
            ? $"The {kind.Noun} container with name: {name} not found."
            : $"The {kind.Noun} container with name: {name} and version: {version} not found.");

    private JsonObject Container(IReadOnlyList<AssetVersion> versions)
    {
        var properties = AssetDocument.Properties(new JsonObject(), versions.All(version => version.IsArchived));
        properties["latestVersion"] = versions.MaxBy(version => version.CreatedAt)!.Version;
        properties["nextVersion"] = AssetDocument.NextVersion(versions.Select(version => version.Version));
        properties["provisioningState"] = "Succeeded";
        return new JsonObject
        {
            ["id"] = $"{scope.WorkspacePath}/{kind.Collection}/{versions[0].Name}",
            ["name"] = versions[0].Name,
            ["type"] = $"{ArmScope.Provider}/workspaces/{kind.Collection}",
            ["properties"] = properties,
            ["systemData"] = SystemData.Asset(versions.Min(version => version.CreatedAt), versions.Max(version => version.ModifiedAt)),
        };
    }

    private JsonObject Document(AssetVersion version)
    {
        var sent = ArmJson.Object(version.Properties);
        var properties = AssetDocument.Properties(sent, version.IsArchived);
        properties["isAnonymous"] = sent["isAnonymous"]?.DeepClone() ?? false;
        AssetDocument.Append(properties, sent);

        foreach (var (name, value) in kind.Defaults)
        {
            properties[name] ??= value;
        }

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
