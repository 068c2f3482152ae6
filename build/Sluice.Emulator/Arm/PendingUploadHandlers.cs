using System.Text.Json.Nodes;
using Sluice.Emulator.Blobs;
using Sluice.Emulator.Workspaces;

namespace Sluice.Emulator.Arm;

/// <summary>
/// The route by which a client asks where to upload the files of a version before it registers the version. In a workspace only code has
/// it (Azure's REST specification, 2023-10-01: <c>CodeVersions_CreateOrGetStartPendingUpload</c>); <c>az ml</c> and azure-ai-ml send it for
/// every <c>code_configuration</c> with a local folder, upload to the root of the container and register a folder of it as <c>codeUri</c>.
/// </summary>
internal sealed class PendingUploadHandlers(ArmScope scope, StorageAccount account, BlobStore blobs, TimeProvider requestTime)
{
    private const string BlobReference = "TemporaryBlobReference";
    private static readonly TimeSpan SignatureLifetime = TimeSpan.FromHours(24);

    /// <summary>Makes a container of its own for an upload, or finds that of an upload whose id the client sends back.</summary>
    public async Task<ArmReply> Start(ArmRequest request)
    {
        NameRules.CheckAsset("code", request.Name("asset"));
        NameRules.CheckVersion(request.Name("version"));
        var body = await request.ReadAsync();
        body.TakeChoice("pendingUploadType", "None", BlobReference);
        var id = (body.TakeGuid("pendingUploadId") ?? Guid.NewGuid()).ToString();
        blobs.EnsureContainer(id, requestTime.GetUtcNow());
        var address = scope.ContainerAddress(id);
        return ArmReply.Ok(new JsonObject
        {
            ["pendingUploadId"] = id,
            ["pendingUploadType"] = BlobReference,
            ["blobReferenceForConsumption"] = new JsonObject
            {
                ["blobUri"] = address,
                ["storageAccountArmId"] = scope.StorageAccountPath,
                ["credential"] = new JsonObject
                {
                    ["credentialType"] = "SAS",
                    ["sasUri"] = $"{address}?{SharedAccessSignature.ForContainer(account, id, requestTime.GetUtcNow(), SignatureLifetime)}",
                },
            },
        });
    }
}
