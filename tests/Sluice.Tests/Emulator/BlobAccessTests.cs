using Azure.Storage.Sas;

namespace Sluice.Tests.Emulator;

/// <summary>Who may do what. The signatures are made by the storage client.</summary>
[Category("Unit")]
internal sealed class BlobAccessTests
{
    [TestCase("GET", "/models?restype=container")]
    [TestCase("GET", "/models?restype=container&comp=metadata")]
    [TestCase("PUT", "/models?restype=container&comp=metadata")]
    [TestCase("PUT", "/models?restype=container&comp=lease", "x-ms-lease-action: acquire")]
    [TestCase("DELETE", "/models?restype=container")]
    [TestCase("PUT", "/models?restype=container")]
    public async Task A_containers_own_signature_opens_its_blobs_and_not_the_container(string method, string target, string? header = null)
    {
        using var blobs = new LocalBlobs();
        await blobs.SendAsync("PUT", "/models?restype=container");
        (string, string)[] headers = header?.Split(": ") is [var name, var value] ? [(name, value), ("x-ms-lease-duration", "-1")] : [];

        var refused = await blobs.SendSignedAsync(method, target, OfContainer(), headers);
        var blob = await blobs.SendSignedAsync("PUT", "/models/a", OfContainer(), ("x-ms-blob-type", "BlockBlob"));
        var list = await blobs.SendSignedAsync("GET", "/models?restype=container&comp=list", OfContainer());

        Assert.That(refused.Code, Is.EqualTo("403 AuthorizationFailure"));
        Assert.That((blob.Code, list.Code), Is.EqualTo(("201", "200")));
    }

    [Test]
    public async Task A_containers_own_signature_breaks_its_lease()
    {
        using var blobs = new LocalBlobs();
        await blobs.SendAsync("PUT", "/models?restype=container");
        await blobs.SendAsync("PUT", "/models?restype=container&comp=lease", ("x-ms-lease-action", "acquire"), ("x-ms-lease-duration", "-1"));

        var broken = await blobs.SendSignedAsync("PUT", "/models?restype=container&comp=lease", OfContainer(), ("x-ms-lease-action", "break"));

        Assert.That(broken.Code, Is.EqualTo("202"));
    }

    [Test]
    public async Task An_accounts_signature_opens_containers_where_it_names_them()
    {
        using var blobs = new LocalBlobs();

        var wrong = await blobs.SendSignedAsync("PUT", "/models?restype=container", OfAccount(AccountSasResourceTypes.Object));
        var less = await blobs.SendSignedAsync(
            "PUT", "/models?restype=container", OfAccount(AccountSasResourceTypes.Container, AccountSasPermissions.Read));
        var files = await blobs.SendSignedAsync(
            "PUT", "/models?restype=container", OfAccount(AccountSasResourceTypes.Container, services: AccountSasServices.Files));
        var right = await blobs.SendSignedAsync("PUT", "/models?restype=container", OfAccount(AccountSasResourceTypes.Container));
        var read = await blobs.SendSignedAsync("GET", "/models?restype=container", OfAccount(AccountSasResourceTypes.Container));
        var gone = await blobs.SendSignedAsync("DELETE", "/models?restype=container", OfAccount(AccountSasResourceTypes.Container));

        Assert.That(
            new[] { wrong.Code, less.Code, files.Code },
            Is.EqualTo(new[] { "403 AuthorizationResourceTypeMismatch", "403 AuthorizationPermissionMismatch", "403 AuthorizationServiceMismatch" }));
        Assert.That(new[] { right.Code, read.Code, gone.Code }, Is.EqualTo(new[] { "201", "200", "202" }));
    }

    private static string OfContainer(Action<BlobSasBuilder>? change = null)
    {
        var made = new BlobSasBuilder(BlobContainerSasPermissions.All, TimeProvider.System.GetUtcNow().AddHours(1)) { BlobContainerName = "models" };
        change?.Invoke(made);
        return made.ToSasQueryParameters(LocalBlobs.Key).ToString();
    }

    private static string OfAccount(
        AccountSasResourceTypes types, AccountSasPermissions permissions = AccountSasPermissions.All, AccountSasServices services = AccountSasServices.Blobs) =>
        new AccountSasBuilder(permissions, TimeProvider.System.GetUtcNow().AddHours(1), services, types).ToSasQueryParameters(LocalBlobs.Key).ToString();
}
