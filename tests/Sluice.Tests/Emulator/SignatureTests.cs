using Microsoft.AspNetCore.Http;
using Sluice.Emulator.Blobs;

namespace Sluice.Tests.Emulator;

[Category("Unit")]
internal sealed class SignatureTests
{
    private static readonly StorageAccount Account = new("myaccount", Convert.ToBase64String(new byte[64]));

    [Test]
    public void The_text_that_is_signed_is_that_of_the_services_documentation()
    {
        // The example of "Authorize with Shared Key": Get Container Metadata.
        var request = new DefaultHttpContext().Request;
        request.Headers["x-ms-date"] = "Fri, 26 Jun 2015 23:39:12 GMT";
        request.Headers["x-ms-version"] = "2015-02-21";
        request.QueryString = new QueryString("?restype=container&comp=metadata&timeout=20");

        var text = SharedKeySignature.TextOf("GET", request.Headers, "myaccount", "/mycontainer", request.Query);

        Assert.That(text, Is.EqualTo(
            "GET\n\n\n\n\n\n\n\n\n\n\n\nx-ms-date:Fri, 26 Jun 2015 23:39:12 GMT\nx-ms-version:2015-02-21\n"
            + "/myaccount/mycontainer\ncomp:metadata\nrestype:container\ntimeout:20"));
    }

    [Test]
    public void An_empty_body_has_no_length_and_repeated_parameters_are_sorted()
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.ContentLength = 0;
        request.Headers.ContentType = "text/plain";
        request.Headers.IfNoneMatch = "*";
        request.QueryString = new QueryString("?include=snapshots&include=metadata");

        var text = SharedKeySignature.TextOf("put", request.Headers, "a", "/a/c/b%20b", request.Query);

        Assert.That(text, Is.EqualTo("PUT\n\n\n\n\ntext/plain\n\n\n\n*\n\n\n/a/a/c/b%20b\ninclude:metadata,snapshots"));
    }

    [TestCase("/c/a.txt", "r", true)]
    [TestCase("/c/a.txt", "w", true)]
    [TestCase("/other/a.txt", "r", false)]
    public void A_container_signature_opens_its_container(string path, string permission, bool opens)
    {
        var address = BlobAddress.TryParse("myaccount.blob.core.localhost", path, "myaccount")!;
        var request = RequestOf(SharedAccessSignature.ForContainer(Account, "c", Sample.Now, TimeSpan.FromHours(1)));

        Assert.That(Allows(address, request, permission, Sample.Now), Is.EqualTo(opens));
    }

    [TestCase(59, true)]
    [TestCase(60, false)]
    public void A_signature_ends(int minutes, bool opens)
    {
        var address = BlobAddress.TryParse("myaccount.blob.core.localhost", "/c/a", "myaccount")!;
        var request = RequestOf(SharedAccessSignature.ForContainer(Account, "c", Sample.Now, TimeSpan.FromHours(1)));

        Assert.That(Allows(address, request, "r", Sample.Now.AddMinutes(minutes)), Is.EqualTo(opens));
    }

    [TestCase("myaccount.blob.core.localhost", "/c/folder/a%20b.txt?comp=x", "c", "folder/a b.txt")]
    [TestCase("MYACCOUNT.BLOB.CORE.LOCALHOST", "/c", "c", null)]
    [TestCase("myaccount.blob.localhost", "/c/a", "c", "a", Description = "The host in addresses that older state folders have kept.")]
    [TestCase("127.0.0.1", "/myaccount/c/..%2F..%2Fetc", "c", "../../etc")]
    [TestCase("localhost", "/myaccount?comp=list", null, null)]
    [TestCase("localhost", "https://localhost:1/myaccount/c/b", "c", "b")]
    public void An_address_is_by_host_or_by_path(string host, string target, string? container, string? blob)
    {
        var address = BlobAddress.TryParse(host, target, "myaccount");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(address!.Account, Is.EqualTo("myaccount"));
            Assert.That(address.Container, Is.EqualTo(container));
            Assert.That(address.Blob, Is.EqualTo(blob));
        }
    }

    [Test]
    public void Another_path_is_no_blob_address() =>
        Assert.That(BlobAddress.TryParse("localhost", "/subscriptions/x", "myaccount"), Is.Null);

    [TestCase("bytes=0-4", 10, 0, 5)]
    [TestCase("bytes=5-", 10, 5, 5)]
    [TestCase("bytes=5-100", 10, 5, 5)]
    [TestCase("bytes=-3", 10, 7, 3)]
    [TestCase("bytes=-30", 10, 0, 10)]
    public void A_range_is_cut_to_what_is_there(string header, long total, long offset, long length) =>
        Assert.That(BlobRange.TryParse(header, total), Is.EqualTo(new BlobRange(offset, length)));

    [TestCase(null)]
    [TestCase("bytes=5-4")]
    [TestCase("bytes=a-b")]
    [TestCase("bytes=0-1,3-4")]
    [TestCase("items=0-1")]
    public void A_range_of_another_form_is_ignored(string? header) => Assert.That(BlobRange.TryParse(header, 10), Is.Null);

    [Test]
    public void A_range_behind_the_end_is_refused() =>
        Assert.That(Assert.Throws<BlobRefusedException>(() => BlobRange.TryParse("bytes=10-", 10))!.Status, Is.EqualTo(416));

    private static HttpRequest RequestOf(string signature)
    {
        var request = new DefaultHttpContext().Request;
        request.Scheme = "https";
        request.QueryString = new QueryString($"?{signature}");
        return request;
    }

    private static bool Allows(BlobAddress address, HttpRequest request, string permission, DateTimeOffset now)
    {
        try
        {
            return SharedAccessSignature.Check(Account, address, request, now).Allows(permission);
        }
        catch (BlobRefusedException)
        {
            return false;
        }
    }
}
