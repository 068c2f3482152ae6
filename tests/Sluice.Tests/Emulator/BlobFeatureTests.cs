namespace Sluice.Tests.Emulator;

/// <summary>What of the blob service there is not, which has to be refused and never done in part.</summary>
[Category("Unit")]
internal sealed class BlobFeatureTests
{
    [TestCase("DELETE", "?snapshot=2026-01-02T03:04:05.0000000Z")]
    [TestCase("DELETE", "?versionid=2026-01-02T03:04:05.0000000Z")]
    [TestCase("GET", "?snapshot=2026-01-02T03:04:05.0000000Z")]
    [TestCase("GET", "?versionId=2026-01-02T03:04:05.0000000Z")]
    [TestCase("HEAD", "?snapshot=2026-01-02T03:04:05.0000000Z")]
    [TestCase("PUT", "?comp=snapshot")]
    [TestCase("PUT", "?comp=tier")]
    [TestCase("GET", "?comp=tags")]
    public async Task A_snapshot_or_a_version_is_not_taken_for_the_blob(string method, string query)
    {
        using var blobs = new LocalBlobs();
        await blobs.SendAsync("PUT", "/models?restype=container");
        await blobs.SendAsync("PUT", "/models/a", ("x-ms-blob-type", "BlockBlob"));

        var answer = await blobs.SendAsync(method, $"/models/a{query}");

        Assert.That(answer.Code, Is.EqualTo("501 NotImplemented"));
        Assert.That((await blobs.SendAsync("GET", "/models/a")).Body, Is.EqualTo("hello"u8.ToArray()));
    }

    [TestCase("DELETE", "x-ms-delete-snapshots", "only")]
    [TestCase("DELETE", "x-ms-if-tags", "\"a\" = '1'")]
    [TestCase("GET", "x-ms-if-tags", "\"a\" = '1'")]
    [TestCase("PUT", "x-ms-tags", "a=1")]
    [TestCase("PUT", "x-ms-encryption-key", "MDEyMzQ1NjcwMTIzNDU2NzAxMjM0NTY3MDEyMzQ1Njc=")]
    [TestCase("PUT", "x-ms-encryption-scope", "scope")]
    [TestCase("PUT", "x-ms-copy-source", "https://account.blob.core.localhost/models/b")]
    [TestCase("PUT", "x-ms-legal-hold", "true")]
    [TestCase("PUT", "x-ms-access-tier", "Archive")]
    public async Task A_header_that_asks_for_what_there_is_not_is_refused(string method, string header, string value)
    {
        using var blobs = new LocalBlobs();
        await blobs.SendAsync("PUT", "/models?restype=container");
        await blobs.SendAsync("PUT", "/models/a", ("x-ms-blob-type", "BlockBlob"));
        var before = (await blobs.SendAsync("HEAD", "/models/a")).Response.Headers.ETag.ToString();

        var answer = await blobs.SendAsync(method, "/models/a", ("x-ms-blob-type", "BlockBlob"), (header, value));

        Assert.That(answer.Code, Is.EqualTo("501 NotImplemented"));
        Assert.That((await blobs.SendAsync("HEAD", "/models/a")).Response.Headers.ETag.ToString(), Is.EqualTo(before));
    }

    [TestCase("include", "202")]
    [TestCase("all", "400 InvalidHeaderValue")]
    public async Task A_blob_is_deleted_with_the_snapshots_that_it_cannot_have(string snapshots, string code)
    {
        using var blobs = new LocalBlobs();
        await blobs.SendAsync("PUT", "/models?restype=container");
        await blobs.SendAsync("PUT", "/models/a", ("x-ms-blob-type", "BlockBlob"));

        var answer = await blobs.SendAsync("DELETE", "/models/a", ("x-ms-delete-snapshots", snapshots));

        Assert.That(answer.Code, Is.EqualTo(code));
    }

    [TestCase("Cool")]
    [TestCase("Cold")]
    public async Task A_tier_is_kept_and_shown_and_stays_with_the_name_until_another_is_asked_for(string tier)
    {
        using var blobs = new LocalBlobs();
        await blobs.SendAsync("PUT", "/models?restype=container");
        await blobs.SendAsync("PUT", "/models/plain", ("x-ms-blob-type", "BlockBlob"));

        var put = await blobs.SendAsync("PUT", "/models/tiered", ("x-ms-blob-type", "BlockBlob"), ("x-ms-access-tier", tier));
        await blobs.SendAsync("PUT", "/models/tiered", ("x-ms-blob-type", "BlockBlob"));
        var tiered = (await blobs.SendAsync("HEAD", "/models/tiered")).Response.Headers;
        var plain = (await blobs.SendAsync("HEAD", "/models/plain")).Response.Headers;
        var list = (await blobs.SendAsync("GET", "/models?restype=container&comp=list")).Xml();
        await blobs.SendAsync("PUT", "/models/tiered", ("x-ms-blob-type", "BlockBlob"), ("x-ms-access-tier", "Hot"));
        var hot = (await blobs.SendAsync("HEAD", "/models/tiered")).Response.Headers;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(put.Response.StatusCode, Is.EqualTo(201));
            Assert.That((tiered["x-ms-access-tier"].ToString(), tiered.ContainsKey("x-ms-access-tier-inferred")), Is.EqualTo((tier, false)));
            Assert.That((plain["x-ms-access-tier"].ToString(), plain["x-ms-access-tier-inferred"].ToString()), Is.EqualTo(("Hot", "true")));
            Assert.That((hot["x-ms-access-tier"].ToString(), hot.ContainsKey("x-ms-access-tier-inferred")), Is.EqualTo(("Hot", false)));
            Assert.That(
                list.GetElementsByTagName("AccessTier").Cast<System.Xml.XmlElement>().Select(element => element.InnerText),
                Is.EqualTo(new[] { "Hot", tier }));
            Assert.That(list.GetElementsByTagName("AccessTierInferred"), Has.Count.EqualTo(1));
        }
    }

    [TestCase("BlockBlob", "Warm", "400 InvalidHeaderValue")]
    [TestCase("AppendBlob", "Cool", "400 UnsupportedHeader")]
    public async Task A_tier_that_there_is_not_is_refused(string type, string tier, string code)
    {
        using var blobs = new LocalBlobs();
        await blobs.SendAsync("PUT", "/models?restype=container");

        var answer = await blobs.SendAsync("PUT", "/models/a", ("x-ms-blob-type", type), ("x-ms-access-tier", tier), ("Content-Length", "0"));

        Assert.That(answer.Code, Is.EqualTo(code));
    }
}
