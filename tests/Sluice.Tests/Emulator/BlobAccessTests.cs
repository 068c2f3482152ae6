using System.Net;
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

    [TestCase("127.0.0.1", null, "200")]
    [TestCase("127.0.0.0", "127.0.0.2", "200")]
    [TestCase("168.1.5.60", null, "403 AuthorizationSourceIPMismatch")]
    [TestCase("126.0.0.2", "127.0.0.0", "403 AuthorizationSourceIPMismatch")]
    public async Task A_signature_holds_for_the_addresses_that_it_names(string first, string? last, string code)
    {
        using var blobs = new LocalBlobs();
        await blobs.SendAsync("PUT", "/models?restype=container");
        await blobs.SendAsync("PUT", "/models/a", ("x-ms-blob-type", "BlockBlob"));
        var range = new SasIPRange(IPAddress.Parse(first), last is null ? null : IPAddress.Parse(last));

        var answer = await blobs.SendSignedAsync("GET", "/models/a", OfContainer(made => made.IPRange = range));

        Assert.That(answer.Code, Is.EqualTo(code));
    }

    [TestCase(SasProtocol.Https, "https", "200")]
    [TestCase(SasProtocol.HttpsAndHttp, "https", "200")]
    [TestCase(SasProtocol.HttpsAndHttp, "http", "200")]
    [TestCase(SasProtocol.Https, "http", "403 AuthorizationProtocolMismatch")]
    public async Task A_signature_holds_for_the_protocols_that_it_names(SasProtocol protocol, string scheme, string code)
    {
        using var blobs = new LocalBlobs { Scheme = scheme };
        await blobs.SendAsync("PUT", "/models?restype=container");
        await blobs.SendAsync("PUT", "/models/a", ("x-ms-blob-type", "BlockBlob"));

        var answer = await blobs.SendSignedAsync("GET", "/models/a", OfContainer(made => made.Protocol = protocol));

        Assert.That(answer.Code, Is.EqualTo(code));
    }

    [TestCase(-1, "200")]
    [TestCase(1, "403 AuthenticationFailed")]
    public async Task A_signature_holds_from_its_start(int minutes, string code)
    {
        using var blobs = new LocalBlobs();
        await blobs.SendAsync("PUT", "/models?restype=container");
        await blobs.SendAsync("PUT", "/models/a", ("x-ms-blob-type", "BlockBlob"));
        var start = TimeProvider.System.GetUtcNow().AddMinutes(minutes);

        var answer = await blobs.SendSignedAsync("GET", "/models/a", OfContainer(made => made.StartsOn = start));

        Assert.That(answer.Code, Is.EqualTo(code));
    }

    [TestCase("Bearer guess", "401 InvalidAuthenticationInfo")]
    [TestCase("SharedKey account:c2lnbmF0dXJl", "403 AuthenticationFailed")]
    [TestCase("SharedKeyLite account:c2lnbmF0dXJl", "501 NotImplemented")]
    [TestCase("Basic dXNlcjpwYXNz", "400 InvalidAuthenticationInfo")]
    [TestCase("guess", "400 InvalidAuthenticationInfo")]
    public async Task What_does_not_open_the_account_is_told_why(string authorization, string code)
    {
        using var blobs = new LocalBlobs();

        var answer = await blobs.SendAsync("GET", $"{LocalBlobs.Account}.blob.core.localhost", "/?comp=list", [("Authorization", authorization)], []);

        Assert.That(answer.Code, Is.EqualTo(code));
        Assert.That(
            answer.Response.Headers.WWWAuthenticate.ToString(),
            answer.Response.StatusCode == 401 ? Does.StartWith("Bearer authorization_uri=") : Is.Empty);
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
