namespace Sluice.Tests.Emulator;

[Category("Unit")]
internal sealed class BlobAnswerTests
{
    [Test]
    public async Task A_header_that_could_not_be_given_back_is_refused()
    {
        using var blobs = new LocalBlobs();
        await blobs.SendAsync("PUT", "/models?restype=container");

        var answer = await blobs.SendAsync("PUT", "/models/a", ("x-ms-blob-type", "BlockBlob"), ("x-ms-meta-team", "käse"));

        Assert.That(answer.Response.StatusCode, Is.EqualTo(400));
        Assert.That(answer.Response.Headers["x-ms-error-code"].ToString(), Is.EqualTo("InvalidHeaderValue"));
        Assert.That(answer.Xml().DocumentElement!["Message"]!.InnerText, Does.Contain("x-ms-meta-team is 'käse'"));
    }

    [TestCase("x-ms-client-request-id")]
    [TestCase("x-ms-version")]
    public async Task What_every_answer_repeats_is_left_out_when_it_cannot_be_sent(string header)
    {
        using var blobs = new LocalBlobs();

        var answer = await blobs.SendAsync("GET", "/?comp=list", (header, "käse"));

        Assert.That(answer.Response.StatusCode, Is.EqualTo(400));
        Assert.That(answer.Response.Headers[header].ToString(), Does.Not.Contain("ä"));
    }

    [TestCase("rsct")]
    [TestCase("rscd")]
    public async Task A_parameter_that_would_become_a_header_is_refused_when_it_cannot(string parameter)
    {
        using var blobs = new LocalBlobs();
        await blobs.SendAsync("PUT", "/models?restype=container");
        await blobs.SendAsync("PUT", "/models/a", ("x-ms-blob-type", "BlockBlob"));

        var answer = await blobs.SendAsync("GET", $"/models/a?{parameter}=a%0Db");

        Assert.That(answer.Response.StatusCode, Is.EqualTo(400));
        Assert.That(answer.Response.Headers["x-ms-error-code"].ToString(), Is.EqualTo("InvalidQueryParameterValue"));
    }

    [Test]
    public async Task A_refusal_that_quotes_a_control_character_is_still_XML()
    {
        using var blobs = new LocalBlobs();

        var answer = await blobs.SendAsync("PUT", "/a%1Bb?restype=container");

        Assert.That(answer.Response.StatusCode, Is.EqualTo(400));
        Assert.That(answer.Xml().DocumentElement!["Message"]!.InnerText, Does.Contain("'a\ufffdb'"));
    }

    [TestCase("prefix")]
    [TestCase("delimiter")]
    public async Task A_list_that_quotes_a_control_character_says_that_it_is_encoded(string parameter)
    {
        using var blobs = new LocalBlobs();
        await blobs.SendAsync("PUT", "/models?restype=container");

        var answer = await blobs.SendAsync("GET", $"/models?restype=container&comp=list&{parameter}=%01");

        Assert.That(answer.Response.StatusCode, Is.EqualTo(200));
        var quoted = answer.Xml().DocumentElement!.ChildNodes.Cast<System.Xml.XmlElement>()
            .Single(element => element.Name.Equals(parameter, StringComparison.OrdinalIgnoreCase));
        Assert.That((quoted.GetAttribute("Encoded"), quoted.InnerText), Is.EqualTo(("true", "%01")));
    }

    [TestCase("/?restype=account&comp=properties")]
    [TestCase("/models?restype=account&comp=properties")]
    [TestCase("/models/a?restype=account&comp=properties")]
    public async Task An_account_says_its_kind_wherever_it_is_asked(string target)
    {
        using var blobs = new LocalBlobs();

        var answer = await blobs.SendAsync("GET", target);

        Assert.That((answer.Response.StatusCode, answer.Response.Headers["x-ms-account-kind"].ToString()), Is.EqualTo((200, "StorageV2")));
    }

    [Test]
    public async Task The_service_shows_its_properties_in_the_documented_order_with_nothing_switched_on()
    {
        using var blobs = new LocalBlobs();

        var answer = await blobs.SendAsync("GET", "/?restype=service&comp=properties");

        var properties = answer.Xml().DocumentElement!;
        Assert.That((answer.Response.StatusCode, properties.Name), Is.EqualTo((200, "StorageServiceProperties")));
        Assert.That(
            properties.ChildNodes.Cast<System.Xml.XmlElement>().Select(element => element.Name),
            Is.EqualTo(new[] { "Logging", "HourMetrics", "MinuteMetrics", "Cors", "DeleteRetentionPolicy", "StaticWebsite" }));
        Assert.That(
            properties.GetElementsByTagName("Enabled").Cast<System.Xml.XmlElement>().Select(element => element.InnerText),
            Is.EqualTo(Enumerable.Repeat("false", 7)));
    }

    [TestCase("PUT", "/?restype=account&comp=properties")]
    [TestCase("GET", "/?comp=properties")]
    [TestCase("GET", "/models?restype=service&comp=properties")]
    [TestCase("PUT", "/?restype=service&comp=properties")]
    public async Task Other_properties_are_not_there(string method, string target)
    {
        using var blobs = new LocalBlobs();

        Assert.That((await blobs.SendAsync(method, target)).Response.StatusCode, Is.EqualTo(501));
    }

    [Test]
    public async Task A_blob_of_blocks_takes_its_headers_from_what_is_said_of_the_blob_and_not_from_the_list_of_its_blocks()
    {
        using var blobs = new LocalBlobs();
        await blobs.SendAsync("PUT", "/models?restype=container");
        (string, string)[] ofTheList =
        [
            ("Content-Type", "application/xml"), ("Content-Encoding", "gzip"), ("Content-Language", "la"), ("Cache-Control", "no-store"),
        ];

        await CommitAsync(blobs, "plain", ofTheList);
        await CommitAsync(blobs, "named", [.. ofTheList, ("x-ms-blob-content-type", "text/csv"), ("x-ms-blob-content-language", "de")]);
        var plain = (await blobs.SendAsync("HEAD", "/models/plain")).Response.Headers;
        var named = (await blobs.SendAsync("HEAD", "/models/named")).Response.Headers;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(plain.ContentType.ToString(), Is.EqualTo("application/octet-stream"));
            Assert.That(plain.ContentEncoding.ToString() + plain.ContentLanguage + plain.CacheControl, Is.Empty);
            Assert.That((named.ContentType.ToString(), named.ContentLanguage.ToString()), Is.EqualTo(("text/csv", "de")));
        }
    }

    [Test]
    public async Task A_list_of_blobs_names_its_container_and_a_list_of_containers_names_none()
    {
        using var blobs = new LocalBlobs();
        await blobs.SendAsync("PUT", "/models?restype=container");

        var ofBlobs = (await blobs.SendAsync("GET", "/models?restype=container&comp=list")).Xml().DocumentElement!;
        var ofContainers = (await blobs.SendAsync("GET", "/?comp=list")).Xml().DocumentElement!;

        Assert.That(ofBlobs.GetAttribute("ContainerName"), Is.EqualTo("models"));
        Assert.That(ofContainers.HasAttribute("ContainerName"), Is.False);
    }

    [TestCase("my-key", "InvalidMetadata")]
    [TestCase("1st", "InvalidMetadata")]
    [TestCase("", "EmptyMetadataKey")]
    public async Task Metadata_is_named_by_identifiers_only(string name, string code)
    {
        using var blobs = new LocalBlobs();
        await blobs.SendAsync("PUT", "/models?restype=container");

        var blob = await blobs.SendAsync("PUT", "/models/a", ("x-ms-blob-type", "BlockBlob"), ($"x-ms-meta-{name}", "1"));
        var container = await blobs.SendAsync("PUT", "/other?restype=container", ($"x-ms-meta-{name}", "1"));
        var good = await blobs.SendAsync("PUT", "/models/a", ("x-ms-blob-type", "BlockBlob"), ("x-ms-meta-_key1", "1"));

        Assert.That(new[] { blob.Code, container.Code }, Is.EqualTo(new[] { $"400 {code}", $"400 {code}" }));
        Assert.That(good.Response.StatusCode, Is.EqualTo(201));
    }

    [TestCase("/models/a")]
    [TestCase("/models/a?comp=block&blockid=MDAx")]
    [TestCase("/models/a?comp=blocklist")]
    [TestCase("/models/log?comp=appendblock")]
    public async Task A_body_of_unknown_length_is_refused(string target)
    {
        using var blobs = new LocalBlobs();
        await blobs.SendAsync("PUT", "/models?restype=container");

        var answer = await blobs.SendAsync("PUT", target, ("x-ms-blob-type", "BlockBlob"), ("Content-Length", ""));

        Assert.That(answer.Code, Is.EqualTo("411 MissingContentLengthHeader"));
    }

    [Test]
    public async Task A_range_behind_the_end_is_answered_with_the_length_and_not_with_the_blobs_own_headers()
    {
        using var blobs = new LocalBlobs();
        await blobs.SendAsync("PUT", "/models?restype=container");
        await blobs.SendAsync("PUT", "/models/a", ("x-ms-blob-type", "BlockBlob"), ("x-ms-meta-team", "heart"));

        var answer = await blobs.SendAsync("GET", "/models/a", ("Range", "bytes=5-"));

        Assert.That(answer.Code, Is.EqualTo("416 InvalidRange"));
        Assert.That(answer.Response.Headers.ContentRange.ToString(), Is.EqualTo("bytes */5"));
        Assert.That(answer.Response.Headers.ContainsKey("x-ms-meta-team"), Is.False);
    }

    [Test]
    public async Task Block_ids_of_one_blob_have_one_length()
    {
        using var blobs = new LocalBlobs();
        await blobs.SendAsync("PUT", "/models?restype=container");
        await blobs.SendAsync("PUT", "/models/a?comp=block&blockid=MDAx");

        var answer = await blobs.SendAsync("PUT", "/models/a?comp=block&blockid=MDAwMDAy");

        Assert.That(answer.Code, Is.EqualTo("400 InvalidBlobOrBlock"));
    }

    [TestCase("/models/a")]
    [TestCase("/models/a?comp=block&blockid=MDAx")]
    [TestCase("/models/log?comp=appendblock")]
    public async Task A_hash_that_is_none_is_another_mistake_than_one_of_another_body(string target)
    {
        using var blobs = new LocalBlobs();
        await blobs.SendAsync("PUT", "/models?restype=container");
        await blobs.SendAsync("PUT", "/models/log", ("x-ms-blob-type", "AppendBlob"), ("Content-Length", "0"));

        var none = await blobs.SendAsync("PUT", target, ("x-ms-blob-type", "BlockBlob"), ("Content-MD5", "aGVsbG8="));
        var other = await blobs.SendAsync("PUT", target, ("x-ms-blob-type", "BlockBlob"), ("Content-MD5", Convert.ToBase64String(new byte[16])));

        Assert.That(new[] { none.Code, other.Code }, Is.EqualTo(new[] { "400 InvalidMd5", "400 Md5Mismatch" }));
    }

    [Test]
    public async Task A_list_of_containers_shows_their_metadata_when_it_is_asked_for()
    {
        using var blobs = new LocalBlobs();
        await blobs.SendAsync("PUT", "/models?restype=container", ("x-ms-meta-team", "heart"));

        var plain = await blobs.SendAsync("GET", "/?comp=list");
        var whole = await blobs.SendAsync("GET", "/?comp=list&include=Metadata");

        Assert.That(plain.Xml().GetElementsByTagName("Metadata"), Is.Empty);
        Assert.That(whole.Xml().GetElementsByTagName("Metadata")[0]!["team"]!.InnerText, Is.EqualTo("heart"));
    }

    [TestCase("/?comp=list&include=colour")]
    [TestCase("/models?restype=container&comp=list&include=metadata,colour")]
    public async Task What_no_list_can_include_is_refused(string target)
    {
        using var blobs = new LocalBlobs();
        await blobs.SendAsync("PUT", "/models?restype=container");

        Assert.That((await blobs.SendAsync("GET", target)).Code, Is.EqualTo("400 InvalidQueryParameterValue"));
    }

    [TestCase("DELETE", "/models")]
    [TestCase("DELETE", "/models/")]
    [TestCase("GET", "/models")]
    [TestCase("PUT", "/models?comp=metadata")]
    [TestCase("PUT", "/other")]
    public async Task A_path_of_one_segment_is_a_blob_in_the_root_container_unless_the_request_names_a_container(string method, string target)
    {
        using var blobs = new LocalBlobs();
        await blobs.SendAsync("PUT", "/models?restype=container");

        var answer = await blobs.SendAsync(method, target, ("x-ms-blob-type", "BlockBlob"));

        Assert.That(answer.Code, Is.EqualTo("404 ContainerNotFound"));
        Assert.That((await blobs.SendAsync("GET", "/models?restype=container")).Response.StatusCode, Is.EqualTo(200));
        Assert.That((await blobs.SendAsync("GET", "/other?restype=container")).Code, Is.EqualTo("404 ContainerNotFound"));
    }

    [Test]
    public async Task The_root_container_holds_the_blobs_whose_address_names_none()
    {
        using var blobs = new LocalBlobs();
        await blobs.SendAsync("PUT", "/$root?restype=container");

        await blobs.SendAsync("PUT", "/robots.txt", ("x-ms-blob-type", "BlockBlob"));

        Assert.That((await blobs.SendAsync("GET", "/$root/robots.txt")).Body, Is.EqualTo("hello"u8.ToArray()));
    }

    [Test]
    public async Task A_blob_is_no_container()
    {
        using var blobs = new LocalBlobs();
        await blobs.SendAsync("PUT", "/models?restype=container");
        await blobs.SendAsync("PUT", "/models/a", ("x-ms-blob-type", "BlockBlob"));

        var answer = await blobs.SendAsync("DELETE", "/models/a?restype=container");

        Assert.That(answer.Code, Is.EqualTo("400 InvalidQueryParameterValue"));
        Assert.That((await blobs.SendAsync("GET", "/models/a")).Response.StatusCode, Is.EqualTo(200));
    }

    [Test]
    public async Task A_list_of_blocks_makes_no_block_blob_of_an_append_blob()
    {
        using var blobs = new LocalBlobs();
        await blobs.SendAsync("PUT", "/models?restype=container");
        await blobs.SendAsync("PUT", "/models/log", ("x-ms-blob-type", "AppendBlob"), ("Content-Length", "0"));
        await blobs.SendAsync("PUT", "/models/log?comp=appendblock");

        var answer = await blobs.SendAsync(
            "PUT",
            $"{LocalBlobs.Account}.blob.core.localhost",
            "/models/log?comp=blocklist",
            [("Authorization", LocalBlobs.Authorization)],
            "<BlockList />"u8.ToArray());

        Assert.That(answer.Code, Is.EqualTo("409 InvalidBlobType"));
        Assert.That((await blobs.SendAsync("GET", "/models/log")).Body, Is.EqualTo("hello"u8.ToArray()));
    }

    [Test]
    public async Task An_append_blob_begins_empty_and_a_block_is_not()
    {
        using var blobs = new LocalBlobs();
        await blobs.SendAsync("PUT", "/models?restype=container");

        var full = await blobs.SendAsync("PUT", "/models/log", ("x-ms-blob-type", "AppendBlob"));
        var empty = await blobs.SendAsync(
            "PUT", $"{LocalBlobs.Account}.blob.core.localhost", "/models/a?comp=block&blockid=MDAx", [("Authorization", LocalBlobs.Authorization)], []);

        Assert.That(new[] { full.Code, empty.Code }, Is.EqualTo(new[] { "400 InvalidHeaderValue", "400 InvalidHeaderValue" }));
        Assert.That((await blobs.SendAsync("GET", "/models/log")).Code, Is.EqualTo("404 BlobNotFound"));
        Assert.That((await blobs.SendAsync("GET", "/models/a?comp=blocklist&blocklisttype=all")).Code, Is.EqualTo("404 BlobNotFound"));
    }

    [TestCase("foo")]
    [TestCase("1999-01-01")]
    [TestCase("2024-13-01")]
    public async Task A_version_that_never_was_is_refused_and_not_repeated(string version)
    {
        using var blobs = new LocalBlobs();

        var answer = await blobs.SendAsync("GET", "/?comp=list", ("x-ms-version", version));

        Assert.That(answer.Code, Is.EqualTo("400 InvalidHeaderValue"));
        Assert.That(answer.Response.Headers["x-ms-version"].ToString(), Is.Not.EqualTo(version));
    }

    [TestCase("2009-09-19")]
    [TestCase("2031-01-01")]
    public async Task A_version_is_answered_by_its_name(string version)
    {
        using var blobs = new LocalBlobs();

        var answer = await blobs.SendAsync("GET", "/?comp=list", ("x-ms-version", version));

        Assert.That((answer.Response.StatusCode, answer.Response.Headers["x-ms-version"].ToString()), Is.EqualTo((200, version)));
    }

    private static async Task CommitAsync(LocalBlobs blobs, string name, IEnumerable<(string Name, string Value)> headers)
    {
        await blobs.SendAsync("PUT", $"/models/{name}?comp=block&blockid=MDAx");
        var answer = await blobs.SendAsync(
            "PUT",
            $"{LocalBlobs.Account}.blob.core.localhost",
            $"/models/{name}?comp=blocklist",
            headers.Append(("Authorization", LocalBlobs.Authorization)),
            "<BlockList><Latest>MDAx</Latest></BlockList>"u8.ToArray());
        Assert.That(answer.Response.StatusCode, Is.EqualTo(201));
    }
}
