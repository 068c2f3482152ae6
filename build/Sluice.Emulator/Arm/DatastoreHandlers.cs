using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.Emulator.Blobs;
using Sluice.Emulator.Operations;
using Sluice.Emulator.Store;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Arm;

/// <summary>The routes of datastores. The workspace's own follows from the workspace; others are kept as clients register them.</summary>
internal sealed class DatastoreHandlers(ArmScope scope, WorkspaceStore store, OperationClock clock, StorageAccount account, TimeProvider requestTime)
{
    private const int DefaultSasHours = 24;

    // A thousand years: the specification has no limit, and the time of expiry has to remain one.
    private const int MostSasHours = 1000 * 365 * 24;

    /// <summary>
    /// Lists datastores: the default one first and the others by name, or as <c>orderBy</c> has it (Azure's REST specification: createdtime,
    /// modifiedtime or name), downwards unless <c>orderByAsc</c> is true.
    /// </summary>
    public Task<ArmReply> List(ArmRequest request)
    {
        var wantDefault = request.Query("isDefault");
        var names = request.Query("names")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        var search = request.Query("searchText") ?? "";
        var documents = Ordered(request)
            .Where(document => string.IsNullOrEmpty(wantDefault)
                || wantDefault.Equals(document["properties"]!["isDefault"]!.GetValue<bool>().ToString(), StringComparison.OrdinalIgnoreCase))
            .Where(document => names.Length == 0 || names.Contains(NameOf(document), StringComparer.OrdinalIgnoreCase))
            .Where(document => NameOf(document).Contains(search, StringComparison.OrdinalIgnoreCase));
        return Task.FromResult(Page.Of(request, documents, document => document));
    }

    /// <summary>Reads a datastore.</summary>
    public Task<ArmReply> Get(ArmRequest request) =>
        Task.FromResult(ArmReply.Ok(IsDefault(request) ? DefaultDocument() : Document(Find(request))));

    /// <summary>Registers or changes a datastore.</summary>
    public async Task<ArmReply> Put(ArmRequest request)
    {
        var name = request.Name("datastore");
        RefuseDefault(request);
        var content = DatastoreReader.Read(await request.ReadAsync(), out var secrets);
        return store.Update(state =>
        {
            var existing = state.Datastores.GetValueOrDefault(name);
            if (existing is null)
            {
                NameRules.CheckAsset("datastore", name);
            }

            var datastore = new Datastore(
                existing?.Name ?? name,
                content,
                secrets ?? existing?.Secrets,
                existing?.CreatedAt ?? clock.Now,
                clock.Now);
            var document = Document(datastore);
            return (
                state with { Datastores = state.Datastores.SetItem(name, datastore) },
                existing is null ? ArmReply.Created(document) : ArmReply.Ok(document));
        });
    }

    /// <summary>Forgets a datastore.</summary>
    public Task<ArmReply> Delete(ArmRequest request)
    {
        RefuseDefault(request);
        return Task.FromResult(store.Update(state => state.Datastores.ContainsKey(request.Name("datastore"))
            ? (state with { Datastores = state.Datastores.Remove(request.Name("datastore")) }, ArmReply.Done)
            : (state, ArmReply.NoContent)));
    }

    /// <summary>Shows the secrets: the account key, or a SAS when the request asks for a secret that expires.</summary>
    public async Task<ArmReply> ListSecrets(ArmRequest request)
    {
        var body = await request.ReadOptionalAsync();
        var expirable = body?.TakeFlag("expirableSecret") ?? "true".Equals(request.Query("expirableSecret"), StringComparison.OrdinalIgnoreCase);
        var hours = body?.TakeInteger("expireAfterHours", 1, MostSasHours) ?? Hours(request.Query("expireAfterHours"));
        if (!IsDefault(request))
        {
            return ArmReply.Ok(Find(request).Secrets is { } secrets ? ArmJson.Object(secrets) : new JsonObject { ["secretsType"] = "None" });
        }

        return ArmReply.Ok(expirable
            ? new JsonObject
            {
                ["secretsType"] = "Sas",
                ["sasToken"] = SharedAccessSignature.ForContainer(account, scope.BlobContainer, requestTime.GetUtcNow(), TimeSpan.FromHours(hours)),
            }
            : new JsonObject { ["secretsType"] = "AccountKey", ["key"] = account.Key });
    }

    private static int Hours(string? text) => string.IsNullOrEmpty(text)
        ? DefaultSasHours
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var hours) && hours is >= 1 and <= MostSasHours
            ? hours
            : throw Refuse.BadRequest(
                "InvalidQueryParameterValue", $"expireAfterHours is '{text}'; expected is an integer from 1 to {MostSasHours}.");

    private IEnumerable<JsonObject> Ordered(ArmRequest request)
    {
        IEnumerable<(string Name, DateTimeOffset CreatedAt, DateTimeOffset ModifiedAt, JsonObject Document)> all = store.Current.Datastores.Values
            .OrderBy(datastore => datastore.Name, StringComparer.OrdinalIgnoreCase)
            .Select(datastore => (datastore.Name, datastore.CreatedAt, datastore.ModifiedAt, Document: Document(datastore)))
            .Prepend((ArmScope.DefaultDatastore, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, DefaultDocument()));
        var upwards = request.Query("orderBy")?.ToUpperInvariant() switch
        {
            "NAME" => all.OrderBy(datastore => datastore.Name, StringComparer.OrdinalIgnoreCase),
            "CREATEDTIME" => all.OrderBy(datastore => datastore.CreatedAt),
            "MODIFIEDTIME" => all.OrderBy(datastore => datastore.ModifiedAt),
            _ => null,
        };
        if (upwards is not null)
        {
            all = "true".Equals(request.Query("orderByAsc"), StringComparison.OrdinalIgnoreCase) ? upwards : upwards.Reverse();
        }

        return all.Select(datastore => datastore.Document);
    }

    private static string NameOf(JsonObject document) => document["name"]!.GetValue<string>();

    private static bool IsDefault(ArmRequest request) =>
        request.Name("datastore").Equals(ArmScope.DefaultDatastore, StringComparison.OrdinalIgnoreCase);

    private static void RefuseDefault(ArmRequest request)
    {
        if (IsDefault(request))
        {
            throw Refuse.InvalidAsset($"The datastore {ArmScope.DefaultDatastore} belongs to the workspace and cannot be changed.");
        }
    }

    private Datastore Find(ArmRequest request) => store.Current.Datastores.GetValueOrDefault(request.Name("datastore"))
        ?? throw Refuse.AssetNotFound("DatastoreNotFound", $"Could not find datastore: {request.Name("datastore")}");

    private JsonObject DefaultDocument() => Envelope(
        ArmScope.DefaultDatastore,
        new JsonObject
        {
            ["description"] = null,
            ["tags"] = null,
            ["properties"] = null,
            ["isDefault"] = true,
            ["credentials"] = new JsonObject { ["credentialsType"] = "AccountKey" },
            ["datastoreType"] = "AzureBlob",
            ["accountName"] = account.Name,
            ["containerName"] = scope.BlobContainer,
            ["endpoint"] = scope.StorageEndpointSuffix,
            ["protocol"] = "https",
            ["serviceDataAccessAuthIdentity"] = "WorkspaceSystemAssignedIdentity",
        },
        DateTimeOffset.UnixEpoch,
        DateTimeOffset.UnixEpoch);

    private JsonObject Document(Datastore datastore)
    {
        var properties = ArmJson.Object(datastore.Properties);
        properties["isDefault"] = false;
        return Envelope(datastore.Name, properties, datastore.CreatedAt, datastore.ModifiedAt);
    }

    private JsonObject Envelope(string name, JsonObject properties, DateTimeOffset created, DateTimeOffset modified) => new()
    {
        ["id"] = $"{scope.WorkspacePath}/datastores/{name}",
        ["name"] = name,
        ["type"] = $"{ArmScope.Provider}/workspaces/datastores",
        ["properties"] = properties,
        ["systemData"] = SystemData.Asset(created, modified),
    };
}
